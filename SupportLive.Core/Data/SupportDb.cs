using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound;
using SupportLive.Core.Search;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Data;

/// <summary>The whole database. Short-lived: one per action or query, out of the pooled factory.</summary>
public sealed class SupportDb(DbContextOptions<SupportDb> options) : IdentityDbContext<Account, Role, Guid>(options)
{
    public DbSet<Ticket> Tickets => Set<Ticket>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();
    public DbSet<Rule> Rules => Set<Rule>();
    public DbSet<Deadline> Deadlines => Set<Deadline>();
    public DbSet<PlannedWatch> PlannedWatches => Set<PlannedWatch>();
    public DbSet<ReadMark> ReadMarks => Set<ReadMark>();
    public DbSet<SearchEntry> SearchEntries => Set<SearchEntry>();
    public DbSet<SearchWord> SearchWords => Set<SearchWord>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<FollowerCursor> FollowerCursors => Set<FollowerCursor>();
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
    public DbSet<Agent> Agents => Set<Agent>();
    public DbSet<AgentAlive> AgentsAlive => Set<AgentAlive>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<StoredSetting> Settings => Set<StoredSetting>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<TicketStatus>().HaveConversion<SnakeEnum<TicketStatus>>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>().ToTable("accounts").HasIndex(a => a.AccessChangedAt);
        builder.Entity<Account>().HasIndex(a => a.NormalizedEmail).HasDatabaseName("EmailIndex").IsUnique();
        builder.Entity<Role>().ToTable("roles").Property(r => r.Version).HasDefaultValue(1);
        builder.Entity<Microsoft.AspNetCore.Identity.IdentityUserRole<Guid>>().ToTable("account_roles");
        builder.Entity<Microsoft.AspNetCore.Identity.IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<Microsoft.AspNetCore.Identity.IdentityUserLogin<Guid>>().ToTable("account_logins");
        builder.Entity<Microsoft.AspNetCore.Identity.IdentityUserToken<Guid>>().ToTable("account_tokens");
        builder.Entity<Microsoft.AspNetCore.Identity.IdentityRoleClaim<Guid>>().ToTable("role_claims");
        builder.ApplyConfigurationsFromAssembly(typeof(SupportDb).Assembly);
        SnakeCase.Apply(builder);
    }
}
