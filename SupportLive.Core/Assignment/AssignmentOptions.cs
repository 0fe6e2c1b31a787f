using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Assignment;

/// <summary>What an operator may set; everything else is in the settings that managers change.</summary>
/// <param name="PresenceSeconds">How long a lost connection still counts as present: 2–300.</param>
public sealed record AssignmentOptions(double PresenceSeconds = 30)
{
    public TimeSpan Lasts => TimeSpan.FromSeconds(PresenceSeconds);

    /// <summary>How often presence is said again; two may be lost before it ends.</summary>
    public TimeSpan Again => Lasts / 3;

    public AssignmentOptions Valid() => PresenceSeconds is >= 2 and <= 300
        ? this
        : throw new StartupRefusal("Assignment__PresenceSeconds must be a number from 2 to 300.");
}
