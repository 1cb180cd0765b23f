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
internal sealed class Doors(Corridor corridor, Housekeeping housekeeping, RegisterDesk registers, StatementDesk statements)
{
    [AutomaticRetry(Attempts = 0)]
    public Task Assess(CancellationToken cancel) => corridor.AssessAsync(cancel);

    [AutomaticRetry(Attempts = 0)]
    public Task Deliver(CancellationToken cancel) => corridor.DeliverAsync(cancel);

    [AutomaticRetry(Attempts = 0)]
    public Task CloseHours(CancellationToken cancel) => housekeeping.CloseHoursAsync(cancel);

    [AutomaticRetry(Attempts = 0)]
    public Task Retain(CancellationToken cancel) => housekeeping.RetainAsync(cancel);

    [AutomaticRetry(Attempts = 0)]
    public Task TellOverdue(CancellationToken cancel) => statements.TellOverdueAsync(cancel);

    [AutomaticRetry(Attempts = 0)]
    public Task TellClaims(CancellationToken cancel) => statements.TellClaimsAsync(cancel);

    /// <summary>Tried again after 1, 5, 15 and 60 minutes; then the card's schedule brings the next try.</summary>
    [AutomaticRetry(Attempts = 4, DelaysInSeconds = [60, 300, 900, 3600])]
    public Task TakeRegister(string name, CancellationToken cancel) => registers.TakeAsync(name, cancel);
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
                hangfire.UsePostgreSqlStorage(postgres => postgres.UseNpgsqlConnection(options.Connection), new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(500), InvisibilityTimeout = TimeSpan.FromSeconds(30), UseSlidingInvisibilityTimeout = true, DistributedLockTimeout = TimeSpan.FromSeconds(10) });
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
            app.MapHangfireDashboard("/jobs", new DashboardOptions { Authorization = [new AdministratorsOnly()], DashboardTitle = "MaritimeWatch jobs (in memory, their history starts with the program)" }).RequireAuthorization(Roles.Administrator);
        }

        if (roles.HasFlag(Duties.Work))
        {
            // A killed process may hold the lock of a job in the shared queue for a while: the start of this one does not wait for it.
            _ = RegisterAsync(app.Services.GetRequiredService<IRecurringJobManager>(), app.Services.GetRequiredService<RegisterDesk>(), app.Services.GetRequiredService<ILogger<Doors>>(), app.Lifetime.ApplicationStopping);
        }
    }

    private static async Task RegisterAsync(IRecurringJobManager jobs, RegisterDesk registers, ILogger log, CancellationToken stop)
    {
        (string Name, System.Linq.Expressions.Expression<Func<Doors, Task>> Door, string Cron)[] all =
        [
            ("assess", door => door.Assess(CancellationToken.None), "*/3 * * * * *"),
            ("deliver mail", door => door.Deliver(CancellationToken.None), "*/5 * * * * *"),
            ("overdue questions", door => door.TellOverdue(CancellationToken.None), "*/15 * * * * *"),
            ("claims of own flag", door => door.TellClaims(CancellationToken.None), "40 */5 * * * *"),
            ("close hours", door => door.CloseHours(CancellationToken.None), "*/20 * * * * *"),
            ("retention", door => door.Retain(CancellationToken.None), "0 10 3 * * *"),
            .. registers.Schedules.Select(r => ($"register {r.Name}", Door(r.Name), r.Cron)),
        ];
        foreach (var (name, door, cron) in all)
        {
            for (var done = false; !done && !stop.IsCancellationRequested;)
            {
                try
                {
                    await Task.Run(() => jobs.AddOrUpdate(name, door, cron), stop);
                    done = true;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogWarning("Job {Name} is not registered yet ({Message}); trying again", name, e.Message.ReplaceLineEndings(" "));
                    await Task.Delay(TimeSpan.FromSeconds(2), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }

    private static System.Linq.Expressions.Expression<Func<Doors, Task>> Door(string register) => door => door.TakeRegister(register, CancellationToken.None);

    private sealed class AdministratorsOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) => context.GetHttpContext().User.IsInRole(Roles.Administrator);
    }
}
