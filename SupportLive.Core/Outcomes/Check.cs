namespace SupportLive.Core.Outcomes;

/// <summary>Collects what is wrong with an input, field by field, so that a person sees everything at once.</summary>
public sealed class Check
{
    private readonly Dictionary<string, string[]> wrong = new(StringComparer.Ordinal);

    /// <summary>Length is counted in UTF-16 units, the least without and the most with the space around it; control characters other than line breaks and tabs are refused.</summary>
    public Check Text(string field, string label, string? value, int min, int max)
    {
        var length = value?.Trim().Length ?? 0;
        if (length == 0 && min > 0) wrong[field] = [$"{label} is missing."];
        else if (length < min) wrong[field] = [$"{label} must have at least {min} characters."];
        else if (value?.Length > max) wrong[field] = [$"{label} can have at most {max:N0} characters; this has {value.Length:N0}."];
        else if (value is not null && value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) wrong[field] = [$"{label} has a character that cannot be stored."];
        else if (value is not null && HasLoneSurrogate(value)) wrong[field] = [$"{label} has a broken character."];
        return this;
    }

    // PostgreSQL stores UTF-8, which has no half pairs: refuse here what would fail there.
    private static bool HasLoneSurrogate(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i])) continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1])) return true;
            i++;
        }

        return false;
    }

    public Check That(bool holds, string field, string sentence)
    {
        if (!holds) wrong.TryAdd(field, [sentence]);
        return this;
    }

    public Refusal? Refusal => wrong.Count == 0 ? null : Refusal.Invalid(wrong);
}
