namespace SupportLive.Core.Live;

/// <summary>
/// A watcher's place in one numbered feed: what it has been shown, so that the next entry is shown once, in order, and a
/// hole is seen for what it is. Used by hub connections and pages alike.
/// </summary>
public sealed class FeedPlace(int shown)
{
    /// <summary>Everything up to this seq has been shown.</summary>
    public int Shown { get; private set; } = shown;

    /// <summary>Next: show it. Known: shown before, drop it. Hole: something between is missing, read it from the log.</summary>
    public Arrival Judge(int seq) => seq <= Shown ? Arrival.Known : seq == Shown + 1 ? Arrival.Next : Arrival.Hole;

    public void ShownUpTo(int seq) => Shown = Math.Max(Shown, seq);
}

public enum Arrival { Next, Known, Hole }
