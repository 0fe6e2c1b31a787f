namespace SupportLive.Core.Outcomes;

/// <summary>What sort of "no" this is; doors translate it once (HTTP status, hub reply, sentence on screen).</summary>
public enum RefusalKind { Invalid, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, Conflict, TooLarge, TooMany, Busy, Failed }

/// <summary>An expected "no": a stable snake_case code for programs and one sentence for people. Never an exception.</summary>
/// <param name="Kind">What sort of "no".</param>
/// <param name="Code">Stable, snake_case, part of the public contract.</param>
/// <param name="Message">One sentence that a person can act on; holds no detail that the caller may not know.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message)
{
    /// <summary>Sentences per input field (camelCase), where the input was invalid.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    /// <summary>Who was faster, where somebody else's finished move stands in the way.</summary>
    public Winner? By { get; init; }

    /// <summary>The ticket to use in place of the one that was named.</summary>
    public OtherTicket? Instead { get; init; }

    /// <summary>What was to be changed, as it stands now, where somebody else has changed it meanwhile.</summary>
    public object? Current { get; init; }

    /// <summary>When trying again makes sense, for <see cref="RefusalKind.Busy"/> and <see cref="RefusalKind.TooMany"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Refusal NotFound(string what = "ticket") => new(RefusalKind.NotFound, "not_found", $"There is no such {what}, or it is not yours to see.");

    public static Refusal Forbidden(string sentence = "You are not allowed to do this.") => new(RefusalKind.Forbidden, "forbidden", sentence);

    public static Refusal Conflict(string code, string sentence, Winner? by = null) => new(RefusalKind.Conflict, code, sentence) { By = by };

    public static Refusal Busy { get; } = new(RefusalKind.Busy, "busy", "SupportLive is very busy right now. Please try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static Refusal Invalid(string field, string sentence) => Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [sentence] });

    public static Refusal Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        new(RefusalKind.Invalid, "invalid", fields.Values.First()[0]) { Fields = fields };
}

/// <summary>Where a merged conversation goes on.</summary>
public sealed record OtherTicket(Guid Id, long Number);

/// <summary>The person whose move stands.</summary>
public sealed record Winner(Guid Id, string DisplayName);
