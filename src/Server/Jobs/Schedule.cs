using Hangfire;
using Hangfire.Dashboard;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;

namespace MaritimeWatch.Server.Jobs;

/// <summary>
/// Everything scheduled or retried, as one-line doors into the corridor. Jobs carry no state: what is due stands in the store,
/// so losing every job loses nothing, and all of them are registered anew at each start. A door that is entered while the
/// same step is under way returns at once: the corridor itself sees to that.
/// </summary>
internal sealed class Doors(Corridor corridor, Housekeeping housekeeping)
{
    [AutomaticRetry(Attempts = 0)]
    public Task Assess(CancellationToken cancel) => corridor.AssessAsync(cancel);

    [AutomaticRetry(Attempts = 0)]
    public Task Deliver(CancellationToken cancel) => corridor.DeliverAsync(cancel);

    [AutomaticRetry(Attempts = 0)]
    public Task CloseHours(CancellationToken cancel) => housekeeping.CloseHoursAsync(cancel);

    [AutomaticRetry(Attempts = 0)]
    public Task Retain(CancellationToken cancel) => housekeeping.RetainAsync(cancel);
}

/// <summary>Hangfire, in memory or in PostgreSQL, and its dashboard for administrators only.</summary>
internal static class Schedule
{
    public static void Add(IServiceCollection services, JobsOptions options, bool works)
    {
        services.AddHangfire(hangfire =>
        {
            if (options.Storage == "postgres")
            {
                hangfire.UsePostgreSqlStorage(postgres => postgres.UseNpgsqlConnection(options.Connection), new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(500), InvisibilityTimeout = TimeSpan.FromSeconds(30), UseSlidingInvisibilityTimeout = true });
            }
            else
            {
                hangfire.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromMinutes(30) });
            }
        });
        if (works)
        {
            services.AddHangfireServer(server =>
            {
                server.WorkerCount = 3;
                server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            });
        }

        services.AddScoped<Doors>();
    }

    public static void Start(WebApplication app)
    {
        var roles = app.Services.GetRequiredService<WatchMode>().Roles;
        if (roles.HasFlag(Duties.Web))
        {
            app.MapHangfireDashboard("/jobs", new DashboardOptions { Authorization = [new AdministratorsOnly()], DashboardTitle = "MaritimeWatch jobs (in memory, their history starts with the program)" });
        }

        if (roles.HasFlag(Duties.Work))
        {
            var jobs = app.Services.GetRequiredService<IRecurringJobManager>();
            jobs.AddOrUpdate<Doors>("assess", door => door.Assess(CancellationToken.None), "*/3 * * * * *");
            jobs.AddOrUpdate<Doors>("deliver mail", door => door.Deliver(CancellationToken.None), "*/5 * * * * *");
            jobs.AddOrUpdate<Doors>("close hours", door => door.CloseHours(CancellationToken.None), "*/20 * * * * *");
            jobs.AddOrUpdate<Doors>("retention", door => door.Retain(CancellationToken.None), "0 10 3 * * *");
        }
    }

    private sealed class AdministratorsOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) => context.GetHttpContext().User.IsInRole(Roles.Administrator);
    }
}
