namespace MaritimeWatch.Server.Access;

/// <summary>Duties of people. An administrator runs the house; deciding on cases is an analyst's duty, which she may also have.</summary>
internal static class Roles
{
    public const string Analyst = "analyst", Registry = "registry", Centre = "centre", Administrator = "administrator";
}
