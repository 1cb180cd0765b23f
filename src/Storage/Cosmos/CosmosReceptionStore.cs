namespace MaritimeWatch.Storage.Cosmos;

/// <summary>What was learnt of reception: an item a sheet. The earlier state is deleted when the new one is whole.</summary>
public sealed class CosmosReceptionStore(CosmosDatabase database) : IReceptionStore
{
    public async ValueTask SaveAsync(IReadOnlyList<ReceptionSheet> sheets, CancellationToken cancel = default)
    {
        foreach (var sheet in sheets)
        {
            await database.UpsertAsync(CosmosContainers.State, IdOf(sheet), IdOf(sheet), sheet, cancel, ("kind", "reception"));
        }

        var all = await AllAsync(cancel);
        if (ReceptionSheets.LatestWhole(all) is [var whole, ..])
        {
            foreach (var old in all.Where(s => s.LearntTo < whole.LearntTo))
            {
                await database.DeleteAsync(CosmosContainers.State, IdOf(old), IdOf(old), null, cancel);
            }
        }
    }

    public async ValueTask<IReadOnlyList<ReceptionSheet>> LoadAsync(CancellationToken cancel = default) => ReceptionSheets.LatestWhole(await AllAsync(cancel));

    private async Task<List<ReceptionSheet>> AllAsync(CancellationToken cancel)
    {
        var sheets = new List<ReceptionSheet>();
        await foreach (var held in database.QueryAsync<ReceptionSheet>(CosmosContainers.State, null, "WHERE c.kind = 'reception'", null, cancel))
        {
            sheets.Add(held.Value);
        }

        return sheets;
    }

    private static string IdOf(ReceptionSheet sheet) => CosmosId.Of($"reception:{sheet.LearntTo}:{sheet.Number}");
}
