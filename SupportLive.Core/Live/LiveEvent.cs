using System.Text.Json;
using System.Text.Json.Serialization;
using SupportLive.Core.Accounts;

namespace SupportLive.Core.Live;

/// <summary>Something that happened, on its way to whoever watches. Immutable, shared by all its receivers.</summary>
/// <param name="Name">The wire name, out of <see cref="Wire"/>.</param>
public abstract record LiveEvent(string Name)
{
    private byte[]? payload;

    /// <summary>When it was committed, as <see cref="System.Diagnostics.Stopwatch"/> counts on this node; 0 before it is published.</summary>
    [JsonIgnore] public long Committed { get; internal set; }

    /// <summary>Whom it concerns; delivered at most once to each subscriber.</summary>
    public abstract IEnumerable<Topic> Topics { get; }

    /// <summary>The ticket whose numbered feed it belongs to, if it does.</summary>
    public virtual EntryView? Entry => null;

    /// <summary>The JSON that this receiver gets. Serialised once per event, not once per receiver; the bytes must not be changed.</summary>
    public virtual byte[] Payload(Actor receiver) => payload ??= JsonSerializer.SerializeToUtf8Bytes(Body, Body.GetType(), Wire.Json);

    /// <summary>What is serialised; the event itself unless it says otherwise.</summary>
    protected virtual object Body => this;
}

/// <summary>This subscriber may have missed something: load again, or resume. Never silent.</summary>
public sealed record StreamInterrupted() : LiveEvent(Wire.Interrupted)
{
    public override IEnumerable<Topic> Topics => [];

    protected override object Body => new { };
}

/// <summary>The rights of an account changed, or ended; whatever is open for it must look again.</summary>
public sealed record AccessChanged(Guid AccountId) : LiveEvent(Wire.AccessChanged)
{
    public override IEnumerable<Topic> Topics => [Topic.Doors, Topic.Account(AccountId)];
}

/// <summary>What a role allows has changed, or a role has come or gone. Its holders are found by when their access last changed.</summary>
public sealed record RoleChanged(string Role) : LiveEvent(Wire.RoleChanged)
{
    public override IEnumerable<Topic> Topics => [Topic.Roles];
}
