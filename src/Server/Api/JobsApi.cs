using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using MaritimeWatch.Server.Watch;

namespace MaritimeWatch.Server.Api;

/// <summary>What runs by itself: each recurring job with its last and next run and, where the last one failed, why.</summary>
internal static class JobsApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/jobs", (JobStorage storage, WatchMode mode) =>
    {
        using var connection = storage.GetConnection();
        var monitor = storage.GetMonitoringApi();
        var counts = monitor.GetStatistics();
        return new
        {
            jobs = connection.GetRecurringJobs().OrderBy(j => j.Id, StringComparer.Ordinal).Select(j => Shown(j, monitor)),
            // In memory each process sees its own jobs alone.
            worksHere = mode.Roles.HasFlag(Duties.Work),
            servers = counts.Servers,
            waiting = counts.Enqueued + counts.Scheduled,
            underWay = counts.Processing,
            failed = counts.Failed,
        };
    });

    private static object Shown(RecurringJobDto job, IMonitoringApi monitor)
    {
        var last = job.LastJobId is { } id ? monitor.JobDetails(id)?.History : null;
        var failed = last?.FirstOrDefault(h => h.StateName == FailedState.StateName);
        var succeeded = last?.FirstOrDefault(h => h.StateName == SucceededState.StateName);
        return new
        {
            name = job.Id,
            cron = job.Cron,
            lastRun = Utc(job.LastExecution),
            nextRun = Utc(job.NextExecution),
            state = job.LastJobState?.ToLowerInvariant(),
            tookMs = succeeded?.Data.TryGetValue("PerformanceDuration", out var ms) == true && long.TryParse(ms, out var took) ? took : (long?)null,
            // The message alone: a trace is for the log.
            error = job.LastJobState == SucceededState.StateName ? null : OneLine((failed?.Data.TryGetValue("ExceptionMessage", out var said) == true ? said : null) ?? job.Error),
            failedAt = Utc(failed?.CreatedAt),
        };
    }

    /// <summary>Time of the next run of a job; null when it is not known here.</summary>
    public static DateTimeOffset? NextRun(JobStorage storage, string name)
    {
        using var connection = storage.GetConnection();
        return Utc(connection.GetRecurringJobs().FirstOrDefault(j => j.Id == name)?.NextExecution);
    }

    private static DateTimeOffset? Utc(DateTime? time) => time is { } t ? new DateTimeOffset(DateTime.SpecifyKind(t, DateTimeKind.Utc)) : null;

    private static string? OneLine(string? text) => text?.ReplaceLineEndings("\n").Split('\n')[0] is { Length: > 0 } line ? line.Length > 300 ? line[..300] : line : null;
}
