using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>Nobody was shown what is not theirs, and nobody anything once their rights had ended.</summary>
internal static class Eyes
{
    public static IEnumerable<Violation> Try(Evidence evidence)
    {
        foreach (var reader in evidence.Readers)
        {
            foreach (var sight in reader.Sights)
            {
                if (Wrong(reader, sight) is { } what) yield return new(Broken.WrongReader, $"{reader.Name} was shown {what}", [sight.ToString()]);
                if (reader.Revoked is { } end && sight.At > end) yield return new(Broken.AfterRevocation, $"{reader.Name} had been disabled for more than five seconds (since {Moment.Seconds(end)})", [sight.ToString()]);
            }
        }

        foreach (var door in evidence.LetIn) yield return new(Broken.WrongReader, door, []);
    }

    private static string? Wrong(Reader reader, Sight sight) => (reader.IsStaff, sight) switch
    {
        (false, { Staff: true }) => "a staff entry, being a customer",
        (false, _) when sight.Ticket != Guid.Empty && !reader.Own.Contains(sight.Ticket) => "somebody else's ticket",
        (_, { Kind: "message" or "note" or "typing", Joined: false }) => "a conversation that it had not joined",
        _ => null,
    };
}
