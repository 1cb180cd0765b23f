using System.Diagnostics;
using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Sqlite;
using MaritimeWatch.Units;
using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// The one search box over made hulls with three claims each: how long it takes, and how often the right hull is on top when one
/// letter or digit is wrong. Beside it, in the same run, trigrams ordered by BM25 and the scan that the store did before.
/// </summary>
internal static class SearchBench
{
    private const int Questions = 1000, OfPeers = 40, PerBatch = 10_000, Shown = 20;

    private sealed record Question(SearchField Field, bool Former, SearchHull Hull, string Meant, string Typed);

    /// <summary>Runs with so many hulls.</summary>
    public static async Task RunAsync(int count)
    {
        var mids = File.ReadLines(Path.Combine("seeds", "mid.csv")).Skip(1).Select(l => int.Parse(l.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)).Where(m => m is >= 201 and <= 775).ToList();
        var hulls = SearchFleet.Hulls(count, mids);
        var held = Enum.GetValues<SearchField>().ToDictionary(f => f, f => hulls.SelectMany(h => new[] { h[f], h[f, former: true] }.Distinct().OfType<string>()).GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count()));
        Console.WriteLine($"{count:N0} hulls, {3 * count:N0} claims, {held[SearchField.Name].Count:N0} names, {held[SearchField.CallSign].Count:N0} call signs, {held[SearchField.ImoNumber].Count:N0} IMO numbers, {held[SearchField.Mmsi].Count:N0} MMSIs");
        var folder = Directory.CreateTempSubdirectory("mw-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "bench.db");
            await using (var loaded = SqliteStore.Open(path))
            {
                await LoadAsync(loaded, hulls, path);
            }

            BringForward(path);
            await using var store = SqliteStore.Open(path);
            List<Question> wrong = [.. Ask(hulls, typed: true)], exact = [.. Ask(hulls, typed: false)];
            foreach (var question in wrong.Concat(exact).Where((_, i) => i % 10 == 0))
            {
                await store.Identities.SearchAsync(question.Meant, Shown);
            }

            Console.WriteLine("| questions | n | p50 ms | p95 ms | p99 ms | right on top | right among 20 | equal to another's | the only one near | right of these | could be right |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            await TellAsync("exact", store, exact, held);
            await TellAsync("one error", store, wrong, held);
            foreach (var kind in wrong.GroupBy(q => (q.Field, q.Former)).OrderBy(k => k.Key))
            {
                await TellAsync($"one error, {(kind.Key.Former ? "former " : "")}{kind.Key.Field}", store, [.. kind], held);
            }

            Peers(path, hulls, wrong, exact);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task LoadAsync(SqliteStore store, SearchHull[] hulls, string path)
    {
        var batches = hulls.SelectMany(SearchFleet.Claims).Chunk(PerBatch).ToList();
        var begun = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
        {
            await store.Identities.AddClaimsAsync(batch);
        }

        var took = Stopwatch.GetElapsedTime(begun);
        begun = Stopwatch.GetTimestamp();
        var known = batches.Take(10).ToList();
        foreach (var batch in known)
        {
            await store.Identities.AddClaimsAsync(batch);
        }

        var again = Stopwatch.GetElapsedTime(begun);
        var claims = batches.Sum(b => (long)b.Length);
        using var file = new SqliteConnection($"Data Source={path};Pooling=False");
        file.Open();
        Console.WriteLine($"load {took.TotalSeconds:0} s, {claims / took.TotalSeconds:N0} claims/s; claims seen again {known.Sum(b => (long)b.Length) / again.TotalSeconds:N0}/s; file {new FileInfo(path).Length / 1e6:N0} MB, of it about {(long)Scalar(file, "SELECT sum(length(text) + 10) FROM identity_term")! / 1e6:N0} MB terms ({(long)Scalar(file, "SELECT count(*) FROM identity_term")!:N0} rows), {(long)Scalar(file, "SELECT sum(length(block)) FROM name_gram_data")! / 1e6:N0} MB trigrams ({(long)Scalar(file, "SELECT count(*) FROM name_gram_content")!:N0} names)");
    }

    /// <summary>Times what the first opening of a file from before the index takes.</summary>
    private static void BringForward(string path)
    {
        using (var file = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            file.Open();
            Scalar(file, "DROP TABLE identity_term; DROP TABLE name_gram; PRAGMA user_version = 6");
        }

        var begun = Stopwatch.GetTimestamp();
        SqliteStore.Open(path).DisposeAsync().AsTask().GetAwaiter().GetResult();
        Console.WriteLine($"index of an older file made at its opening in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
    }

    private static async Task TellAsync(string name, SqliteStore store, List<Question> questions, Dictionary<SearchField, Dictionary<string, int>> held)
    {
        int right = 0, among = 0, equal = 0, only = 0, rightOnly = 0;
        var took = new List<double>();
        var ideal = 0.0;
        foreach (var question in questions)
        {
            var begun = Stopwatch.GetTimestamp();
            var hits = await store.Identities.SearchAsync(question.Typed, Shown);
            took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            var onTop = hits.Count > 0 && IsRight(hits[0], question);
            right += onTop ? 1 : 0;
            among += hits.Any(h => IsRight(h, question)) ? 1 : 0;
            equal += question.Typed != question.Meant && held.Values.Any(h => h.ContainsKey(question.Typed)) ? 1 : 0;
            var alphabet = question.Field switch { SearchField.Name => TypingErrors.OfNames, SearchField.CallSign => TypingErrors.OfCallSigns, _ => TypingErrors.OfNumbers };
            var near = TypingErrors.Meant(question.Typed, alphabet).Where(held[question.Field].ContainsKey).ToDictionary(m => m, m => held[question.Field][m] * Likelihood(question.Typed, m, alphabet.Length));
            ideal += question.Typed == question.Meant ? 1 : near[question.Meant] < near.Values.Max() * 0.999 ? 0 : 1.0 / near.Values.Count(l => l > near.Values.Max() * 0.999);
            if (question.Typed == question.Meant || (near.Count == 1 && !held[question.Field].ContainsKey(question.Typed)))
            {
                only++;
                rightOnly += onTop ? 1 : 0;
            }
        }

        took.Sort();
        double n = questions.Count;
        Console.WriteLine($"| {name} | {n} | {took[(int)(n * 0.5)]:0.0} | {took[(int)(n * 0.95)]:0.0} | {took[(int)(n * 0.99)]:0.0} | {right / n:0.0 %} | {among / n:0.0 %} | {equal} | {only} | {(only == 0 ? 0 : rightOnly / (double)only):0.0 %} | {ideal / n:0.0 %} |");
    }

    /// <summary>
    /// How likely one text is typed when the other is meant, by the way errors are made here: who knew this and how many hulls bear each
    /// text could be right in the share of the last column, and no more.
    /// </summary>
    private static double Likelihood(string typed, string meant, int letters)
    {
        var (longer, shorter) = typed.Length > meant.Length ? (typed, meant) : (meant, typed);
        double ways = longer.Length == shorter.Length ? 1 : Enumerable.Range(0, longer.Length).Count(i => longer.Remove(i, 1) == shorter);
        return typed.Length > meant.Length ? ways / ((meant.Length + 1) * letters) : ways / meant.Length / (TypingErrors.IsLikelier(typed, meant) ? 1 : letters);
    }

    /// <summary>The hull asked for, or one that bears the very text that was meant: the question does not tell them apart.</summary>
    private static bool IsRight(IdentityHit hit, Question question) => hit.HullId == question.Hull.Id || (hit.Field == question.Field && hit.Text == question.Meant);

    /// <summary>Seven in ten for names, a third of these former; one in ten each for call signs, IMO numbers and MMSIs.</summary>
    private static IEnumerable<Question> Ask(SearchHull[] hulls, bool typed)
    {
        var random = new Random(typed ? 42 : 43);
        for (var n = 0; n < Questions;)
        {
            var (field, former) = (n % 10) switch { < 5 => (SearchField.Name, false), < 7 => (SearchField.Name, true), 7 => (SearchField.CallSign, false), 8 => (SearchField.ImoNumber, false), _ => (SearchField.Mmsi, false) };
            var hull = hulls[random.Next(hulls.Length)];
            if (hull[field, former] is { } meant)
            {
                var text = typed ? Mistyped(meant, field, random) : meant;
                if (typed == (text != meant) && text.Trim() == text && !text.Contains("  ", StringComparison.Ordinal))
                {
                    n++;
                    yield return new Question(field, former, hull, meant, text);
                }
            }
        }
    }

    private static string Mistyped(string meant, SearchField field, Random random)
    {
        var letters = field switch { SearchField.Name => TypingErrors.OfNames[..26], SearchField.CallSign => TypingErrors.OfCallSigns, _ => TypingErrors.OfNumbers };
        var (at, letter) = (random.Next(meant.Length), letters[random.Next(letters.Length)]);
        return random.Next(4) switch
        {
            0 => meant.Insert(random.Next(meant.Length + 1), letter.ToString()),
            1 => meant.Remove(at, 1),
            2 => meant.Remove(at, 1).Insert(at, letter.ToString()),
            _ when at + 1 < meant.Length => $"{meant[..at]}{meant[at + 1]}{meant[at]}{meant[(at + 2)..]}",
            _ => meant,
        };
    }

    private static void Peers(string path, SearchHull[] hulls, List<Question> wrong, List<Question> exact)
    {
        using var peer = new SqliteConnection("Data Source=:memory:");
        peer.Open();
        Scalar(peer, "CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = 'trigram'); BEGIN");
        using (var add = peer.CreateCommand())
        {
            add.CommandText = "INSERT INTO t (text) VALUES ($text)";
            var text = add.Parameters.Add("$text", SqliteType.Text);
            foreach (var value in hulls.SelectMany(h => new[] { h.Imo?.ToString(), h.Mmsi.ToString(), h.CallSign, h.Name, h.FormerName }).OfType<string>())
            {
                text.Value = value;
                add.ExecuteNonQuery();
            }
        }

        Scalar(peer, "COMMIT");
        Time("FTS5 trigrams by OR and BM25, in memory, one error", wrong, q => Scalar(peer, "SELECT text FROM t WHERE t MATCH $q ORDER BY rank LIMIT 1", string.Join(" OR ", Enumerable.Range(0, Math.Max(0, q.Typed.Length - 2)).Select(i => $"\"{q.Typed.Substring(i, 3)}\""))) as string);
        Time("FTS5 trigram phrase, in memory, exact", exact, q => Scalar(peer, "SELECT text FROM t WHERE t MATCH $q ORDER BY length(text) LIMIT 1", $"\"{q.Typed}\"") as string);
        using var file = new SqliteConnection($"Data Source={path};Pooling=False");
        file.Open();
        Time("scan of all claims as before, exact", exact, q => Scalar(file, "SELECT name_text FROM claim WHERE instr(mmsi_text, $q) = 1 OR instr(imo_text, $q) = 1 OR instr(call_sign_text, $q) = 1 OR instr(name_text, $q) > 0 ORDER BY last_seen_ticks DESC, id LIMIT 1", q.Typed) as string);

        static void Time(string name, List<Question> questions, Func<Question, string?> first)
        {
            var took = new List<double>();
            var right = 0;
            foreach (var question in questions.Take(OfPeers))
            {
                var begun = Stopwatch.GetTimestamp();
                right += first(question) == question.Meant ? 1 : 0;
                took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            took.Sort();
            Console.WriteLine($"| {name} | {took.Count} | {took[took.Count / 2]:0.0} | {took[took.Count * 95 / 100]:0.0} | {took[^1]:0.0} | {right / (double)took.Count:0.0 %} | | | | | |");
        }
    }

    private static object? Scalar(SqliteConnection connection, string sql, string? question = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$q", (object?)question ?? DBNull.Value);
        return command.ExecuteScalar();
    }
}
