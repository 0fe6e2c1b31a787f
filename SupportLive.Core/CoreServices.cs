using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Health;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Core.Overview;
using SupportLive.Core.Reports;
using SupportLive.Core.Search;
using SupportLive.Core.Tickets;

namespace SupportLive.Core;

/// <summary>Everything in Core, a line or two per room.</summary>
public static class CoreServices
{
    public static IServiceCollection AddSupportLive(this IServiceCollection services, DatabaseAddress address, AssignmentOptions? assignment = null, TimeProvider? clock = null, MailOptions? mail = null)
    {
        services.AddSingleton(clock ?? TimeProvider.System).AddSingleton(address).AddSingleton<OutageLog>().AddSingleton((assignment ?? new()).Valid());
        services.AddSingleton(_ => DataSource(address));
        services.AddPooledDbContextFactory<SupportDb>((sp, o) => o.UseNpgsql(sp.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped(sp => sp.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContext());
        services.AddSingleton<Migrator>().AddSingleton<FirstAdmin>().AddSingleton<DemoSeed>().AddSingleton<IXmlRepository, ProtectionKeys>();

        services.AddIdentityCore<Account>(o =>
        {
            o.User.RequireUniqueEmail = true;
            o.User.AllowedUserNameCharacters = null!; // the e-mail address is the user name; AccountActions checks it
            o.Password.RequiredLength = 10;
            o.Password.RequireNonAlphanumeric = o.Password.RequireUppercase = o.Password.RequireDigit = o.Password.RequireLowercase = false;
        }).AddRoles<Role>().AddEntityFrameworkStores<SupportDb>().AddTokenProvider<InviteTokens>(nameof(InviteTokens)).AddTokenProvider<ResetTokens>(nameof(ResetTokens));
        services.AddDataProtection();
        services.AddSingleton<Actors>().AddSingleton<AccountActions>().AddSingleton<AccountQueries>().AddSingleton<SessionActions>().AddRunning<LastSeen>();
        services.AddSingleton<RoleActions>().AddSingleton<RoleQueries>().AddSingleton<Audit>().AddSingleton<AuditQueries>();

        services.AddMetrics().AddSingleton<Meters>().AddSingleton<Hearing>();
        services.AddSingleton<Node>().AddSingleton<LiveStream>().AddSingleton<LogReader>().AddSingleton<Epoch>().AddSingleton<LogPulse>();
        services.AddSingleton<Settings>().AddRunning<Retention>();
        services.AddSingleton<LogToEvents>(sp => sp.GetRequiredService<TicketEvents>().Read);
        services.AddSingleton<TellAccessChanged>(sp => id => sp.GetRequiredService<Signals>().Send(new AccessChanged(id)));
        services.AddSingleton<TellRoleChanged>(sp => role => sp.GetRequiredService<Signals>().Send(new RoleChanged(role)));
        services.AddRunning<Signals>().AddRunning<AccessWatch>().AddRunning<LogFollower>();

        services.AddSingleton<TicketLock>().AddSingleton<TicketActions>().AddSingleton<LinkActions>().AddSingleton<CategoryActions>().AddSingleton<TicketQueries>().AddSingleton<SavedViews>().AddSingleton<TicketEvents>();
        services.AddRunning<TicketOpening>().AddRunning<MessageWriter>().AddSingleton<ChatActions>().AddSingleton<ChatQueries>().AddSingleton<JoinQueue>();
        services.AddRunning<SearchFollower>().AddSingleton<SearchQueries>().AddSingleton<Spelling>();
        services.AddSingleton<TakeAgent>(_ => AgentLock.Take).AddSingleton<AgentQueries>().AddSingleton<AgentActions>().AddSingleton<QueueQueries>().AddSingleton<Giving>();
        services.AddRunning<Presence>().AddRunning<AgentBoard>().AddRunning<Assigner>();
        services.AddSingleton<EscalationActions>().AddSingleton<EscalationQueries>().AddSingleton<WaitQueries>().AddSingleton<Successors>().AddSingleton<Firing>().AddRunning<TargetClock>().AddRunning<DeadlineKeeper>();
        services.AddSingleton<DueOf>(sp => ticket => sp.GetRequiredService<TargetClock>().Times.Of(ticket));
        services.AddRunning<NotificationFollower>().AddSingleton<NotificationQueries>().AddSingleton<NotificationActions>();
        services.AddSingleton(mail ?? new MailOptions()).AddSingleton<MailCall>().AddSingleton<OutboxRows>().AddSingleton<Letters>().AddSingleton<TicketTold>();
        services.AddSingleton<AccountLinks>().AddSingleton<AccountMails>().AddSingleton<TellByMail>(sp => sp.GetRequiredService<AccountMails>().Add);
        services.AddSingleton<ReplyAddresses>().AddSingleton<Unsubscribing>().AddSingleton<IPost>(sp => sp.GetRequiredService<MailOptions>() is { Sends: true } sends ? new SmtpPost(sends) : new DevelopmentInbox());
        services.AddSingleton<PreferenceActions>().AddSingleton<OutboxActions>().AddSingleton<OutboxQueries>().AddSingleton<InboundActions>();
        services.AddRunning<MailFollower>().AddRunning<MailWorker>();
        services.AddSingleton<WallQueries>().AddRunning<WallBoard>();
        services.AddSingleton<ReportSessions>().AddSingleton<ReportQueries>().AddSingleton<ReportTickets>().AddSingleton<TicketsCsv>().AddSingleton<ReportScheduleActions>();
        services.AddSingleton<ReportFiles>().AddSingleton<WaitingNow>().AddSingleton<IMailContent, ReportLetters>().AddSingleton<IMailContent, SummaryLetters>().AddRunning<ReportMails>();
        services.AddSingleton<MeterReader>().AddSingleton<NodeFigures>().AddSingleton<DatabaseQueries>().AddSingleton<ShapeQueries>().AddSingleton<SystemQueries>();
        services.AddSingleton<DurableJobs>(sp => () => sp.GetServices<IHostedService>().OfType<DurableFollower>());
        services.AddSingleton<MailCheck>().AddSingleton<Examine>(sp => sp.GetRequiredService<MailCheck>().Look);
        services.AddRunning<Nodes>().AddRunning<NodeBeat>().AddRunning<SystemWatch>();
        return services;
    }

    private static NpgsqlDataSource DataSource(DatabaseAddress address)
    {
        var session = address.Session("supportlive");
        session.Options = $"-c plan_cache_mode=force_generic_plan {session.Options}"; // one plan per statement: planning the batch anew costs more than running it
        session.NoResetOnClose = true; // nothing here leaves state on a session, and the reset costs as much as a small batch
        return NpgsqlDataSource.Create(session);
    }

    private static IServiceCollection AddRunning<T>(this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(sp => sp.GetRequiredService<T>());
}
