using SupportLive.Core;
using SupportLive.Core.Assignment;
using SupportLive.Core.Data;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Accounts;
using SupportLive.Web.Assignment;
using SupportLive.Web.Chat;
using SupportLive.Web.Errors;
using SupportLive.Web.Escalation;
using SupportLive.Web.Health;
using SupportLive.Web.Live;
using SupportLive.Web.Outbound;
using SupportLive.Web.Outbound.Mail;
using SupportLive.Web.Reports;
using SupportLive.Web.Search;
using SupportLive.Web.Shell;
using SupportLive.Web.Tickets;

namespace SupportLive.Web;

/// <summary>Puts one node together: the database it uses, its services, its doors. Tests build nodes with it too.</summary>
public static class Desk
{
    public static async Task<WebApplication> Build(string[] args, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(Desk).Assembly.GetName().Name });
        builder.WebHost.UseStaticWebAssets(); // a build, not only a publish, finds the assets of packages in every environment
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = SupportHub.MessageLimit);
        // Two system calls less for each message, for one buffer of 4 kB with each open socket.
        builder.WebHost.UseSockets(sockets => sockets.WaitForDataBeforeAllocatingBuffer = false);
        // Query strings of sockets carry access tokens, so requests are never logged with them, whatever the configuration says.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(25));

        var data = DataFolder.Resolve(builder.Configuration["SUPPORTLIVE_DATA"]);
        var database = await NodeDatabase.Open(builder.Configuration, data);
        var assignment = builder.Configuration.GetSection("Assignment").Get<AssignmentOptions>() ?? new();
        builder.Services.AddSupportLive(database.Address, assignment, clock ?? Clock(builder.Configuration), MailOf(builder.Configuration)).AddSingleton(_ => database);
        builder.AddAccounts(data, database.IsPrivate).AddErrors().AddLive().AddShell().AddHealth().AddSystem(data, database.IsPrivate).AddApiDescription();

        var app = builder.Build();
        app.Services.GetRequiredService<NodeDatabase>(); // made first, so disposed last: a private cluster outlives all that uses it
        try
        {
            await Migrate(app, database.IsPrivate);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        app.UseLiveness();
        app.UseErrors();
        app.UseRouting(); // behind the errors, so that their pages are found by route again
        app.UseAccounts();
        app.MapAuth();
        app.MapUsers();
        app.MapRoles();
        app.MapAudit();
        app.MapLimits();
        app.MapRetention();
        app.MapTickets();
        app.MapAssignment();
        app.MapChats();
        app.MapSavedViews();
        app.MapSearch();
        app.MapEscalation();
        app.MapNotifications();
        app.MapReports();
        app.MapMail();
        app.MapLive();
        app.MapHealth();
        app.MapSystem();
        app.MapApiDescription();
        app.MapShell();
        app.AnnounceReady();
        return app;
    }

    private static MailOptions MailOf(IConfiguration configuration)
    {
        var mail = configuration.GetSection("Mail");
        var (options, baseIsSet) = (mail.Get<MailOptions>() ?? new(), mail["PublicBaseUrl"] is { Length: > 0 });
        return (baseIsSet ? options : options with { PublicBaseUrl = new MailOptions().PublicBaseUrl }).Valid(baseIsSet);
    }

    private static TimeProvider Clock(IConfiguration configuration) =>
        configuration.GetValue("Clock:OffsetSeconds", 0.0) is not 0 and var seconds ? new ShiftedClock(TimeSpan.FromSeconds(seconds)) : TimeProvider.System;

    private static Task Migrate(WebApplication app, bool isPrivate)
    {
        var configuration = app.Configuration;
        return app.Services.GetRequiredService<Migrator>().Run(async ct =>
        {
            await app.Services.GetRequiredService<FirstAdmin>().Create(configuration["Admin:Email"], configuration["Admin:Password"], ct);
            if (configuration.GetValue("Demo:Seed", isPrivate)) await app.Services.GetRequiredService<DemoSeed>().Run(ct);
        }, CancellationToken.None);
    }

    // The line that run.sh, scripts and people wait for: printed when the sockets are open, not before.
    private static void AnnounceReady(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        foreach (var url in app.Urls.Take(1)) Console.WriteLine($"SupportLive is ready at {url.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)}");
    });
}
