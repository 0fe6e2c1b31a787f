using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Scale;

/// <summary>One question to both desks, whose cursors and numbers differ, and what their answers took.</summary>
internal sealed record Asked(Side Small, Side Large)
{
    public string Group => Small.Question.Group;

    public string Name => Small.Question.Name;

    public double Factor => Math.Round(Large.P95 / Small.P95, 1);

    /// <summary>Whether both had about as much to say; a page of fifty costs more than an empty one on any table.</summary>
    public bool Alike => Large.Bytes < Small.Bytes * 2;

    public static async Task<IEnumerable<Asked>> All(SeededDesk few, SeededDesk many, int small, int large) =>
        (await Sides(few, small)).Zip(await Sides(many, large), (s, l) => new Asked(s, l));

    private static async Task<IEnumerable<Side>> Sides(SeededDesk desk, int tickets)
    {
        var deep = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var sort in Questions.Sorts) deep[sort] = await desk.Asker.Deep(desk.Agent, sort, tickets * 9 / 1000);
        return Questions.All(desk.Longest, deep).Select(q => new Side(desk, q));
    }

    public async Task Ask(int times)
    {
        for (var n = 0; n < times; n++)
        {
            await Small.Ask();
            await Large.Ask();
        }
    }
}

internal sealed record Side(SeededDesk Desk, Question Question)
{
    private readonly Figures figures = new();

    public long Bytes { get; private set; }

    public double P50 => figures.Percentile(.5);

    public double P95 => figures.Percentile(.95);

    public async Task Ask()
    {
        var (took, bytes) = await Desk.Asker.Ask(Question.Customer ? Desk.Customer : Desk.Agent, Question.Path);
        figures.Add(took);
        Bytes = bytes;
    }

    public void Forget() => figures.Clear();
}
