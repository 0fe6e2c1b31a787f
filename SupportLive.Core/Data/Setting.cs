using SupportLive.Core.Live;

namespace SupportLive.Core.Data;

/// <summary>Names a setting, once, in the room that it belongs to.</summary>
/// <param name="Name">The key of its row; lower case with dashes.</param>
/// <param name="Default">What counts while nobody has changed it.</param>
public sealed record SettingKey<T>(string Name, T Default) where T : class
{
    /// <summary>What the audit log keeps of a value; by default all of it.</summary>
    public Func<T, object> Recorded { get; init; } = value => value;
}

/// <summary>A setting as it stands.</summary>
/// <param name="Version">0 while nobody has changed it; hand it back with a change, so that two people cannot overwrite each other unseen.</param>
public sealed record Setting<T>(T Value, int Version, DateTimeOffset? ChangedAt, Guid? ChangedBy) where T : class;

/// <summary>A setting was changed somewhere. By the time this arrives, <see cref="Settings.Get"/> reads the new value.</summary>
public sealed record SettingsChanged(string Key) : LiveEvent(Wire.SettingsChanged)
{
    public override IEnumerable<Topic> Topics => [Topic.Settings];
}
