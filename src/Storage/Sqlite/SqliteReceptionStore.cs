namespace MaritimeWatch.Storage.Sqlite;

/// <summary>What was learnt of reception, in the file; a state is written and the earlier one deleted in one transaction.</summary>
public sealed class SqliteReceptionStore(SqliteDatabase database) : IReceptionStore
{
    public async ValueTask SaveAsync(IReadOnlyList<ReceptionSheet> sheets, CancellationToken cancel = default)
    {
        if (sheets.Count == 0)
        {
            return;
        }

        await database.WriteAsync(
            connection =>
            {
                foreach (var sheet in sheets)
                {
                    connection.Execute("INSERT INTO reception (learnt_to, number, body) VALUES ($to, $number, $body) ON CONFLICT (learnt_to, number) DO UPDATE SET body = excluded.body",
                        ("$to", sheet.LearntTo), ("$number", sheet.Number), ("$body", StoreJson.Write(sheet)));
                }

                if (connection.Number("SELECT count(*) FROM reception WHERE learnt_to = $to", ("$to", sheets[0].LearntTo)) == sheets[0].Of)
                {
                    connection.Execute("DELETE FROM reception WHERE learnt_to < $to", ("$to", sheets[0].LearntTo));
                }

                return true;
            },
            null,
            cancel);
    }

    public ValueTask<IReadOnlyList<ReceptionSheet>> LoadAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(database.Read(reader => ReceptionSheets.LatestWhole(reader.Records<ReceptionSheet>("SELECT body FROM reception"))));
    }
}
