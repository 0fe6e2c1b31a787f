using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Bench.Scale;

/// <summary>The past of one ticket, as the tables want it.</summary>
internal sealed class SeedTicket
{
    private static readonly string[] Categories = ["general", "billing", "technical", "account"];

    private readonly Random random;
    private readonly SeedWords words;
    private DateTimeOffset clock;

    public SeedTicket(Random random, SeedWords words, SeedPeople people, long number, DateTimeOffset at, TicketStatus status, int messages, DateTimeOffset now)
    {
        (this.random, this.words) = (random, words);
        (Number, CreatedAt, Status, clock) = (number, at, status, at);
        Id = Guid.CreateVersion7(at);
        (Subject, Description) = (words.Subject(), words.Description());
        Category = Categories[(int)(4 * Math.Pow(random.NextDouble(), 1.4))];
        Priority = random.Next(100) switch { < 25 => TicketPriority.Low, < 75 => TicketPriority.Medium, < 95 => TicketPriority.High, _ => TicketPriority.Urgent };
        Tags = random.Next(5) == 0 ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => SeedWords.Tags[random.Next(SeedWords.Tags.Length)]).Distinct(StringComparer.Ordinal)] : [];
        Customer = people.Customer(random);
        var agent = people.Agent(random);
        Live(agent, messages, now);
    }

    public Guid Id { get; }
    public long Number { get; }
    public string Subject { get; }
    public string Description { get; }
    public string Category { get; }
    public TicketPriority Priority { get; }
    public TicketStatus Status { get; }
    public string[] Tags { get; }
    public Guid Customer { get; }
    public Guid? Assignee { get; private set; }
    public Guid? EndedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; }
    public DateTimeOffset? EscalatedAt { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public DateTimeOffset? FirstResponseAt { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }
    public DateTimeOffset? RejectedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public DateTimeOffset? LastMessageAt { get; private set; }
    public DateTimeOffset? WaitingSince { get; private set; }
    public int? Rating { get; private set; }
    public int PublicSeq { get; private set; }
    public int StaffSeq { get; private set; }
    public int Version { get; private set; }
    public List<SeedEntry> Entries { get; } = [];

    private void Live(Guid agent, int messages, DateTimeOffset now)
    {
        WaitingSince = CreatedAt;
        Move(Wire.TicketCreated, Customer, "customer");
        if (Status == TicketStatus.Rejected)
        {
            Step(now, 30);
            (RejectedAt, EndedBy, WaitingSince) = (clock, agent, null);
            Move(Wire.TicketRejected, agent, "agent", """{"reason": "We cannot help with this product."}""");
            return;
        }

        if (random.Next(33) == 0)
        {
            Step(now, 10);
            EscalatedAt = clock;
            Move(Wire.TicketEscalated, agent, "agent", """{"level": 1, "reason": "Several customers are affected."}""");
        }

        if (Status == TicketStatus.Open)
        {
            for (var n = 0; n < messages; n++) Say(Customer, now);
            return;
        }

        Step(now, 20);
        (Assignee, AcceptedAt) = (agent, clock);
        Move(Wire.TicketAccepted, agent, "agent");
        for (var n = 0; n < messages; n++)
        {
            if (random.Next(40) == 0) Note(agent, now);
            else Say(random.Next(2) == 0 ? agent : Customer, now);
        }

        if (Status == TicketStatus.InProgress) return;
        Step(now, 60);
        (ResolvedAt, EndedBy, WaitingSince) = (clock, agent, null);
        Move(Wire.TicketResolved, agent, "agent");
        if (Status == TicketStatus.Resolved) return;
        Step(now, 600);
        ClosedAt = clock;
        Move(Wire.TicketClosed, agent, "agent");
        if (random.Next(3) != 0) return;
        Rating = Math.Min(5, random.Next(2, 8));
        Move(Wire.TicketRated, Customer, "customer", $$"""{"score": {{Rating}}, "comment": null}""");
    }

    // Time goes on by some minutes, but never beyond the present.
    private void Step(DateTimeOffset now, int minutes)
    {
        var left = (now - clock).TotalSeconds / 2;
        clock += TimeSpan.FromSeconds(Math.Min(left, random.NextDouble() * minutes * 60));
    }

    private void Move(string kind, Guid author, string role, string? data = null)
    {
        Entries.Add(new SeedEntry(Feed.Public, ++PublicSeq, kind, author, role, null, null, data, null, clock));
        UpdatedAt = clock;
        Version++;
    }

    private void Say(Guid author, DateTimeOffset now)
    {
        Step(now, 15);
        var fromCustomer = author == Customer;
        Entries.Add(new SeedEntry(Feed.Public, ++PublicSeq, Wire.Message, author, fromCustomer ? "customer" : "agent", $"s{PublicSeq}", fromCustomer ? words.FromCustomer() : words.FromAgent(), null, null, clock));
        LastMessageAt = clock;
        WaitingSince = fromCustomer ? WaitingSince ?? clock : null;
        if (!fromCustomer) FirstResponseAt ??= clock;
    }

    private void Note(Guid author, DateTimeOffset now)
    {
        Step(now, 5);
        Entries.Add(new SeedEntry(Feed.Staff, ++StaffSeq, Wire.Note, author, "agent", $"n{StaffSeq}", words.Note(), null, PublicSeq, clock));
    }
}

/// <summary>One row of the log.</summary>
internal sealed record SeedEntry(Feed Feed, int Seq, string Kind, Guid Author, string Role, string? ClientId, string? Body, string? Data, int? After, DateTimeOffset At);
