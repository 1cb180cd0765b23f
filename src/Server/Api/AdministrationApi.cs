namespace MaritimeWatch.Server.Api;

/// <summary>What those who run the house have: people, jobs, retention, the audit chain.</summary>
internal static class AdministrationApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        AccountsApi.Map(routes);
        JobsApi.Map(routes);
        RetentionApi.Map(routes);
        AuditApi.Map(routes);
    }
}
