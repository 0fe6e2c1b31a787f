using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Live;

namespace SupportLive.Core.Chat;

/// <summary>A batch of messages as the columns that its statement takes, and the places they will have in their feeds.</summary>
internal sealed class MessageColumns
{
    private readonly List<PendingMessage> pending;
    private readonly int[] nth;
    private readonly int[] before;
    private readonly List<Guid> tickets = [];
    private readonly List<Share> shares = [];

    public MessageColumns(List<PendingMessage> pending)
    {
        this.pending = pending;
        (nth, before, Ids) = (new int[pending.Count], new int[pending.Count], new Guid[pending.Count]);
        var places = new Dictionary<Guid, int>(pending.Count);
        for (var i = 0; i < pending.Count; i++)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, pending[i].Message.TicketId, out var there);
            if (!there)
            {
                place = shares.Count;
                tickets.Add(pending[i].Message.TicketId);
                shares.Add(default);
            }

            ref var share = ref CollectionsMarshal.AsSpan(shares)[place];
            before[i] = share.Publics;
            nth[i] = share.Count(pending[i]);
            Ids[i] = Guid.CreateVersion7();
        }
    }

    /// <summary>The ids that the messages will have.</summary>
    public Guid[] Ids { get; }

    public NpgsqlParameter Tickets() => Column(tickets.ToArray(), NpgsqlDbType.Uuid);

    public void AddTo(NpgsqlParameterCollection parameters, Guid node)
    {
        var n = new int[pending.Count];
        for (var i = 0; i < n.Length; i++) n[i] = i;
        parameters.Add(Column(n, NpgsqlDbType.Integer));
        parameters.Add(Each(p => p.Message.TicketId, NpgsqlDbType.Uuid));
        parameters.Add(Each(p => p.Actor.Id, NpgsqlDbType.Uuid));
        parameters.Add(Each(p => p.Actor.Role, NpgsqlDbType.Text));
        parameters.Add(Each(p => p.Actor.IsStaff, NpgsqlDbType.Boolean));
        parameters.Add(Each(p => p.Actor.ReadsEveryChat, NpgsqlDbType.Boolean));
        parameters.Add(Each(p => (short)p.Feed, NpgsqlDbType.Smallint));
        parameters.Add(Column(Ids, NpgsqlDbType.Uuid));
        parameters.Add(Each(p => p.Message.ClientId!, NpgsqlDbType.Text));
        parameters.Add(Each(p => p.Message.Body!, NpgsqlDbType.Text));
        parameters.Add(Column(nth, NpgsqlDbType.Integer));
        parameters.Add(Column(before, NpgsqlDbType.Integer));
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = node });
        parameters.Add(Tickets());
        parameters.Add(OfTickets(s => s.Publics, NpgsqlDbType.Integer));
        parameters.Add(OfTickets(s => s.Notes, NpgsqlDbType.Integer));
        parameters.Add(OfTickets(s => s.FirstAuthor, NpgsqlDbType.Uuid));
        parameters.Add(OfTickets(s => s.OtherAuthor, NpgsqlDbType.Uuid));
        parameters.Add(OfTickets(s => s.LastAuthor, NpgsqlDbType.Uuid));
    }

    private NpgsqlParameter Each<T>(Func<PendingMessage, T> of, NpgsqlDbType type)
    {
        var values = new T[pending.Count];
        for (var i = 0; i < values.Length; i++) values[i] = of(pending[i]);
        return Column(values, type);
    }

    private NpgsqlParameter OfTickets<T>(Func<Share, T> of, NpgsqlDbType type)
    {
        var values = new T[shares.Count];
        for (var i = 0; i < values.Length; i++) values[i] = of(shares[i]);
        return Column(values, type);
    }

    private static NpgsqlParameter<T[]> Column<T>(T[] values, NpgsqlDbType type) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    /// <summary>
    /// What a batch adds to one ticket. Public messages have at most two authors, the customer and the assignee (anyone else is
    /// refused): whether one of them is staff says whether it is an answer, and who was last says whose turn it is.
    /// </summary>
    private struct Share
    {
        public int Publics;
        public int Notes;
        public Guid? FirstAuthor;
        public Guid? OtherAuthor;
        public Guid? LastAuthor;

        public int Count(PendingMessage pending)
        {
            if (pending.Feed == Feed.Staff) return ++Notes;
            LastAuthor = pending.Actor.Id;
            FirstAuthor ??= LastAuthor;
            if (LastAuthor != FirstAuthor) OtherAuthor ??= LastAuthor;
            return ++Publics;
        }
    }
}
