using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Feeds;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Api;
using MaritimeWatch.Server.Jobs;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Raw;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Microsoft.Extensions.FileProviders;

namespace MaritimeWatch.Server.Commands;

/// <summary><c>serve</c>: the watch with its console. Default command.</summary>
internal static class ServeCommand
{
    public static readonly Option<string> Urls = new("--urls") { Description = "Address of the console; loopback only unless you name another", DefaultValueFactory = _ => "http://127.0.0.1:5080" };

    public static readonly Option<string[]> Set = new("--set") { Description = "A setting, for example --set Feeds:0:Source=tcp://host:port", AllowMultipleArgumentsPerToken = true };

    public static readonly Option<string?> Roles = new("--roles") { Description = "What this process does, of ingest,work,web; all three when left out" };

    public static Command Create()
    {
        var feed = new Argument<string?>("feed") { Description = $"A real feed: {FeedSources.Understood}; the EXERCISE when left out", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("serve", "Watch, and serve the console (what happens without a command)") { feed, Urls, Set, Roles };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(feed), parsed.GetValue(Urls)!, parsed.GetValue(Set) ?? [], parsed.GetValue(Roles), cancel));
        return command;
    }

    public static async Task<int> RunAsync(string? feed, string urls, string[] set, string? roles, CancellationToken cancel)
    {
        set = roles is null ? set : [.. set, $"Node:Roles={roles}"];
        var house = House.Find();
        await using var app = Build(house, feed, urls, set);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new InputException($"{urls}: the port is in use. End what listens there, or choose another with --urls http://127.0.0.1:PORT.", e);
        }
        catch (OperationCanceledException) when (Environment.ExitCode != 0)
        {
            // A feed or register could not be used; it has said so.
            return Environment.ExitCode;
        }
        catch (Exception e) when (e is IOException or FormatException or System.Net.Sockets.SocketException)
        {
            throw new InputException($"{urls}: cannot listen there ({e.Message}). Expected for example --urls http://127.0.0.1:5080.", e);
        }

        Schedule.Start(app);
        await GreetAsync(app);
        await app.WaitForShutdownAsync(cancel);
        return Environment.ExitCode;
    }

    public static WebApplication Build(House house, string? feed, string urls, string[] set)
    {
        var webRoot = Path.Combine(house.Root, "src", "Server", "wwwroot");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = house.Root, WebRootPath = Directory.Exists(webRoot) ? webRoot : Path.Combine(AppContext.BaseDirectory, "wwwroot") });
        builder.Configuration.AddInMemoryCollection(set.Select(Pair));
        if (feed is not null)
        {
            builder.Configuration.AddInMemoryCollection([new("Feeds:0:Source", feed)]);
        }

        if (builder.Configuration["Mail:ConsoleAddress"] is null)
        {
            builder.Configuration.AddInMemoryCollection([new("Mail:ConsoleAddress", urls.Split(';')[0])]);
        }

        builder.WebHost.UseUrls(urls).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Gate.MostBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("Hangfire", LogLevel.Warning);
        var settings = Settings.Settings.From(builder.Configuration);
        if (settings.Mail.Problems() is [var problem, ..])
        {
            throw new InputException($"Settings: {problem}");
        }

        AddServices(builder.Services, house, settings, house.Data(builder.Configuration));
        var app = builder.Build();
        Pipeline(app, house);
        return app;
    }

    private static void AddServices(IServiceCollection services, House house, Settings.Settings settings, string data)
    {
        var (exercise, roles) = (FeedService.IsExercise(settings), settings.Duties);
        var mode = new WatchMode(exercise, exercise ? settings.Exercise.Speed : 1, roles != Duties.All || settings.Store.Kind == "cosmos", roles);
        services.AddSingleton(house).AddSingleton(settings).AddSingleton(settings.Mail).AddSingleton(TimeProvider.System).AddSingleton(mode);
        services.AddSingleton(_ => StoreChoice.OpenAsync(settings, data, exercise, CancellationToken.None).GetAwaiter().GetResult()).AddSingleton(p => p.GetRequiredService<IStore>().Leases);
        services.AddSingleton(_ => house.Chart());
        services.AddSingleton(house.Flags()).AddSingleton(house.ShipTypes()).AddSingleton(new Places(Path.Combine(house.Maps, "places.json"))).AddSingleton(_ => PortList.Load(Path.Combine(house.Maps, "ports.csv")));
        services.AddSingleton(new Intake(settings.Assessment.LeastSilence, settings.Assessment.OpenFor));
        services.AddSingleton<FeedStates>().AddSingleton<LivePicture>().AddSingleton<NameBook>().AddSingleton<ReachDesk>().AddSingleton<LiveEvents>().AddSingleton<HullDesk>().AddSingleton<BulkCheck>().AddSingleton<AllHulls>().AddSingleton<StitchDesk>().AddSingleton<Fleet>().AddSingleton<StatementDesk>().AddSingleton<Pictures>().AddSingleton<Judge>().AddSingleton<RuleBook>().AddSingleton<RuleTrial>().AddSingleton<RuleDesk>().AddSingleton<AuditCheck>().AddSingleton<FeedCards>().AddSingleton<Measures>().AddSingleton<SuspensionDesk>().AddSingleton<DecidedCases>().AddSingleton<RawEvidence>().AddSingleton<EvidencePack>().AddSingleton<CaseDesk>().AddSingleton<Memory>().AddSingleton<Turns>().AddSingleton<Housekeeping>().AddSingleton(settings.Retention);
        services.AddSingleton(new RawLog(Path.Combine(data, "raw"), settings.Retention.RawRecords));
        services.AddSingleton(p => MailOf(p, settings, house)).AddSingleton<Corridor>().AddSingleton<RegisterDesk>();
        if (mode.Shared)
        {
            services.AddHostedService<Follower>();
        }

        if (roles.HasFlag(Duties.Web))
        {
            services.AddHostedService<FeedBell>();
            services.AddHostedService<AlertNews>();
            services.AddSingleton<Once>();
        }

        if (roles.HasFlag(Duties.Ingest))
        {
            services.AddHostedService<FeedService>();
        }

        Schedule.Add(services, settings.Jobs, roles.HasFlag(Duties.Work));
        SignIn.Add(services, Path.Combine(data, "keys"), settings.OpenId);
        Faults.Add(services);
        Description.Add(services);
        services.ConfigureHttpJsonOptions(json =>
        {
            foreach (var converter in UnitJson.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
    }

    private static Outbox MailOf(IServiceProvider services, Settings.Settings settings, House house)
    {
        var (store, land) = (services.GetRequiredService<IStore>(), Path.Combine(house.Maps, "land-50m.geojson"));
        async ValueTask<IReadOnlyList<Fix>> TracksOf(MaritimeWatch.Alerts.Alert alert, CancellationToken cancel) => alert.Finding.Mmsi is not { } mmsi ? []
            : await store.Tracks.FixesOfAsync(mmsi, alert.Finding.StartTime - TimeSpan.FromHours(3), (alert.Finding.EndTime ?? alert.Finding.AsOf) + TimeSpan.FromHours(3), cancel);
        return new Outbox(store.Outbox, store.Cases, new PostOffice(settings.Mail), File.Exists(land) ? AlertPicture.WithLand(land) : null, TracksOf, settings.Mail,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<Outbox>>(), store.Registry.NoticeAsync);
    }

    private static void Pipeline(WebApplication app, House house)
    {
        app.UseForwardedHeaders();
        app.Use(Gate.EnterAsync);
        Faults.Use(app);
        app.UseRouting();
        app.UseWebSockets();
        app.UseAuthentication();
        app.UseRateLimiter();
        // A file is no endpoint: what comes after authorization is for people who signed in.
        app.UseWhen(http => Gate.SignInFiles.Contains(http.Request.Path.Value ?? ""), door => door.UseStaticFiles(new StaticFileOptions { ContentTypeProvider = Types() }));
        app.Use(Keys.EnterAsync);
        app.UseAuthorization();
        app.Use(AreaBound.EnterAsync);
        app.Use(Tags.EnterAsync);
        app.UseDefaultFiles();
        var preloads = new Preloads(app.Environment.WebRootFileProvider);
        app.UseStaticFiles(new StaticFileOptions { ServeUnknownFileTypes = false, ContentTypeProvider = Types(), OnPrepareResponse = answer => answer.Context.Response.Headers.Link = answer.File.Name.EndsWith(".html", StringComparison.Ordinal) ? preloads.Of(answer.File.Name) : default(Microsoft.Extensions.Primitives.StringValues) });
        if (Directory.Exists(house.Maps))
        {
            app.UseStaticFiles(new StaticFileOptions { RequestPath = "/maps", FileProvider = new PhysicalFileProvider(house.Maps), ContentTypeProvider = Types() });
        }

        app.MapOpenApi("/api/openapi.json");
        WatchApi.MapHealth(app);
        if (!app.Services.GetRequiredService<WatchMode>().Roles.HasFlag(Duties.Web))
        {
            return;
        }

        // Who may use which route stands in docs/access.md; a test compares the two and tries every cell.
        var (watch, desk) = (app.MapGroup("").RequireAuthorization(Access.Roles.Watch), app.MapGroup("").RequireAuthorization(Access.Roles.Desk));
        app.Use(app.Services.GetRequiredService<Once>().EnterAsync);
        SessionApi.Map(app);
        KeysApi.Map(app);
        SecondStepApi.Map(app);
        WatchApi.Map(app);
        AlertsApi.Map(app);
        LiveApi.Map(watch);
        ChartApi.Map(watch);
        EvidenceApi.Map(app.MapGroup("").RequireAuthorization(Access.Roles.Analyst));
        DecisionsApi.Map(app);
        SuspensionsApi.Map(watch);
        VesselsApi.Map(watch);
        TrackApi.Map(watch);
        HistoryApi.Map(watch);
        BulkApi.Map(watch);
        HullsApi.Map(watch);
        IdentityApi.Map(watch);
        VesselHistoryApi.Map(watch);
        MeasuresApi.Map(app.MapGroup("").RequireAuthorization(Access.Roles.Measures));
        AdministrationApi.Map(app.MapGroup("").RequireAuthorization(Access.Roles.Administrator));
        RegistryApi.Map(desk);
        SubscriptionsApi.Map(desk);
        ExtractApi.Map(desk);
        ReceptionApi.Map(watch);
        AreasApi.Map(watch);
        RulesApi.Map(watch);
        // The link in the mails: the console opens the case after sign-in.
        app.MapGet("/alerts/{alertId}", (string alertId) => Results.Redirect($"/#alert={Uri.EscapeDataString(alertId.Split('-')[0])}"));
    }

    private static Microsoft.AspNetCore.StaticFiles.FileExtensionContentTypeProvider Types() =>
        new() { Mappings = { [".geojson"] = "application/geo+json", [".mjs"] = "text/javascript", [".pbf"] = "application/x-protobuf", [".mvt"] = "application/vnd.mapbox-vector-tile" } };

    private static async Task GreetAsync(WebApplication app)
    {
        var mode = app.Services.GetRequiredService<WatchMode>();
        Console.WriteLine($"MaritimeWatch{(mode.Exercise ? " EXERCISE" : "")}: {(mode.Roles.HasFlag(Duties.Web) ? "the console is" : "running")} at {string.Join(", ", app.Urls)}");
        if (!mode.Roles.HasFlag(Duties.Web))
        {
            Console.WriteLine($"This process does {mode.Roles}; the console is served by another. Its health: {app.Urls.First()}/health");
        }
        else if (!await app.Services.GetRequiredService<IStore>().Accounts.AnyAsync())
        {
            Console.WriteLine($"First start: open it and make the first administrator with the one-time code {app.Services.GetRequiredService<FirstStart>().Code}");
        }

        Console.WriteLine("Stop with Ctrl+C; it goes on from where it was.");
    }

    public static KeyValuePair<string, string?> Pair(string setting)
    {
        var parts = setting.Split('=', 2);
        return parts.Length == 2 ? new(parts[0], parts[1]) : throw new InputException($"--set {setting}: expected Section:Key=value.");
    }
}
