using System.Diagnostics.CodeAnalysis;

namespace SupportLive.Core.Outcomes;

/// <summary>A value, or the refusal that says why there is none.</summary>
public sealed class Outcome<T>
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Refusal is null;

    /// <summary>The value, where the caller has made sure that there is one; anything else is a bug.</summary>
    public T Must() => Ok ? Value : throw new InvalidOperationException($"Refused: {Refusal.Code}: {Refusal.Message}");

    /// <summary>Also what a stale version is refused with: the thing as it stands, in the same shape.</summary>
    public Outcome<TOther> Map<TOther>(Func<T, TOther> to) => Ok ? to(Value) : Refusal.Current is T current ? Refusal with { Current = to(current) } : Refusal;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>"Done", where there is nothing else to say.</summary>
public readonly record struct Done;
