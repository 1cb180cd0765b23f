using MaritimeWatch.Fuzz;
using SharpFuzz;

// One reader a run, under afl-fuzz: see docs/fuzzing.md.
//   MaritimeWatch.Fuzz READER            executions as afl-fuzz asks for them
//   MaritimeWatch.Fuzz READER FILE…      each file once, to look at what was found
if (args is not [var name, .. var files] || Readers.Of(name) is not { } read)
{
    Console.Error.WriteLine($"Expected one of {string.Join(", ", Readers.Names)}, then nothing or files.");
    return 2;
}

foreach (var file in files)
{
    read(await File.ReadAllBytesAsync(file));
}

if (files.Length == 0)
{
    Fuzzer.Run(stream =>
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        try
        {
            read(copy.ToArray());
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable("MW_FUZZ_LOG") is { } log)
        {
            // afl-fuzz keeps the input; what was thrown is kept here.
            File.AppendAllText(log, $"{name}: {e}\n");
            throw;
        }
    });
}

return 0;
