namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>The promises, by what breaks them. Every column must be zero.</summary>
internal enum Broken
{
    Lost, Duplicated, OutOfOrder, Holes, TwoWinners, AfterClose, AfterRevocation, WrongReader,

    /// <summary>In the log, though nobody wrote it or it was refused.</summary>
    Ghosts,

    /// <summary>The two nodes read back different logs, or a reader was shown something else than the log holds.</summary>
    Unlike,

    /// <summary>A reader with an open connection was not shown something within the time that a lost hint may cost.</summary>
    Unseen,

    /// <summary>A node ended by itself.</summary>
    Crashed,
}

/// <param name="History">The offending part of what happened, line by line.</param>
internal sealed record Violation(Broken Promise, string What, IReadOnlyList<string> History);
