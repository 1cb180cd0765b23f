using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using MaritimeWatch.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// Whatever goes wrong is answered as problem details (RFC 9457) in plain words: an answer that has a status and no body, a request that
/// cannot be read, a store out of reach, an error of the program itself. Nothing of the program's inside is told; the trace id stands
/// beside it in the log.
/// </summary>
internal static partial class Faults
{
    public static void Add(IServiceCollection services)
    {
        // Before the framework's own writer, which writes plain text to whoever asked for something else than JSON.
        services.AddSingleton<IProblemDetailsWriter, Writer>();
        services.AddProblemDetails();
        // Refused requests come as exceptions that say what was wrong, not as a bare status.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<ExceptionHandlerOptions>(handler =>
        {
            handler.ExceptionHandler = AnswerAsync;
            handler.SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException or OperationCanceledException;
        });
        services.Configure<StatusCodePagesOptions>(pages => pages.HandleAsync = context => Problem.OfStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
    }

    public static void Use(WebApplication app) => app.UseExceptionHandler().UseStatusCodePages();

    private static Task AnswerAsync(HttpContext http)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        return (fault switch
        {
            BadHttpRequestException { StatusCode: 400 } bad => Problem.Of(400, "Request not read", Words(bad)),
            BadHttpRequestException bad => Problem.OfStatus(bad.StatusCode),
            StoreException => Problem.Of(503, "The store does not answer", "Expected the store within its time; found it out of reach. Nothing was changed. Try again in a minute; if it stays, tell who runs the server."),
            _ => Problem.OfStatus(500),
        }).ExecuteAsync(http);
    }

    // The framework names the parameter with its type; people get the name and what was found.
    private static string Words(BadHttpRequestException bad) => (bad.InnerException, Value().Match(bad.Message), Missing().Match(bad.Message)) switch
    {
        (JsonException json, _, _) => $"Expected JSON as the description at /api/openapi.json says; found something else{(json.Path is { Length: > 0 } path ? $" at {path}" : "")}{(json.LineNumber is { } line ? $", line {line + 1}" : "")}.",
        (_, { Success: true } found, _) => $"Expected another value for '{found.Groups[1].Value}'; found '{Short(found.Groups[2].Value)}'. The description at /api/openapi.json says which.",
        (_, _, { Success: true } missing) => $"Expected '{missing.Groups[1].Value}'; found none. The description at /api/openapi.json says where it goes.",
        _ => "Expected a request as the description at /api/openapi.json says; found another, or a body that is not complete.",
    };

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..60]}…";

    private sealed class Writer : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public ValueTask WriteAsync(ProblemDetailsContext context)
        {
            var (http, problem) = (context.HttpContext, context.ProblemDetails);
            problem.Status ??= http.Response.StatusCode;
            problem.Type ??= "about:blank";
            problem.Instance ??= http.Request.Path;
            problem.Extensions["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier;
            return new ValueTask(http.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", cancellationToken: http.RequestAborted));
        }
    }

    [GeneratedRegex("^Failed to bind parameter \"\\S+ (\\w+)\" from \"(.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex Value();

    [GeneratedRegex("^Required parameter \"\\S+ (\\w+)\" was not provided")]
    private static partial Regex Missing();
}
