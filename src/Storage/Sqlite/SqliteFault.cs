using Microsoft.Data.Sqlite;

namespace MaritimeWatch.Storage.Sqlite;

/// <summary>Says in one line what SQLite's result code means for the person who runs the store (sqlite.org/rescode.html).</summary>
internal static class SqliteFault
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, Constraint = 19, NotADatabase = 26;

    public static StoreException Explain(SqliteException e, string path) => new(
        e.SqliteErrorCode switch
        {
            Busy or Locked => $"The store {path} is locked by another program; nothing was written. End the other program or wait, then repeat.",
            Full => $"The store {path} cannot grow: the disk or the size limit is full; nothing was written. Free space, then repeat.",
            InputOutput => $"The disk failed or is full while the store {path} was in use (code {e.SqliteExtendedErrorCode}); nothing was written. Check the disk, then repeat.",
            ReadOnly => $"The store {path} may not be written. Give this program write access to the file and its folder.",
            CannotOpen => $"The store {path} cannot be opened. Check that the folder exists and may be read and written.",
            Corrupt => $"The store {path} is damaged. Stop the program, keep the file, and restore the last good copy.",
            NotADatabase => $"The file {path} is not a MaritimeWatch store. Name another file.",
            Constraint => $"The store {path} refused a record that contradicts what is kept ({Line(e)}); nothing was written.",
            _ => $"The store {path} failed ({Line(e)}, code {e.SqliteExtendedErrorCode}); nothing was written. Check the disk and the file.",
        },
        e);

    private static string Line(Exception e) => e.Message.ReplaceLineEndings(" ");
}
