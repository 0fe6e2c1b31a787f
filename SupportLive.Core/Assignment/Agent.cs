using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;

namespace SupportLive.Core.Assignment;

/// <summary>
/// What is kept of somebody who works on tickets. The row is also the lock under which work is given (<see cref="Tickets.TakeAgent"/>), and
/// everything that changes it moves its version.
/// </summary>
public sealed class Agent
{
    public required Guid AccountId { get; init; }

    /// <summary>What the agent chose; null while nothing was chosen: available, or busy for those who assign tickets to others.</summary>
    public AgentStatus? Status { get; init; }

    public DateTimeOffset? ChosenAt { get; init; }

    /// <summary>Why the status was changed for the agent.</summary>
    public string? Reason { get; init; }

    /// <summary>In the units of the priority weights; null: the default.</summary>
    public int? Capacity { get; init; }

    /// <summary>Empty: all.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>When work was last given to or taken by the agent.</summary>
    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>Offers ignored in a row.</summary>
    public int Ignored { get; init; }

    public int Version { get; init; }
}

/// <summary>Available: gets work. Busy: keeps the own conversations, gets no new ones. Away: not here.</summary>
public enum AgentStatus { Available, Busy, Away }

/// <summary>That an account is connected to a node, until that time unless it is said again.</summary>
public sealed class AgentAlive
{
    public required Guid AccountId { get; init; }

    public required Guid Node { get; init; }

    public DateTimeOffset Since { get; init; }

    public DateTimeOffset Until { get; init; }
}

internal sealed class AgentMapping : IEntityTypeConfiguration<Agent>, IEntityTypeConfiguration<AgentAlive>
{
    public void Configure(EntityTypeBuilder<Agent> agent)
    {
        agent.ToTable("agents").HasKey(a => a.AccountId);
        agent.Property(a => a.Status).HasConversion(new SnakeEnum<AgentStatus>());
        agent.Property(a => a.Categories).HasDefaultValueSql("'{}'");
        agent.Property(a => a.Ignored).HasDefaultValue(0);
        agent.Property(a => a.Version).HasDefaultValue(0);
        agent.HasOne<Account>().WithOne().HasForeignKey<Agent>(a => a.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AgentAlive> alive) => alive.ToTable("agents_alive").HasKey(a => new { a.AccountId, a.Node });
}
