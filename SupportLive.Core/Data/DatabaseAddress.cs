using Npgsql;

namespace SupportLive.Core.Data;

/// <summary>Where the database is, with its secret, and on which terms every session with it is held.</summary>
public sealed record DatabaseAddress(string ConnectionString)
{
    // Kept by the server, because the node that they are about may be frozen or gone. A transaction that nobody continues gives its row
    // locks back (first, so that who waits for them gets them and not a refusal), nobody waits longer for a lock than a client waits
    // for an answer, no statement outlives its caller for long, and a line on which nothing is confirmed any more is dead.
    private const string Terms =
        "-c idle_in_transaction_session_timeout=2500 -c lock_timeout=5000 -c statement_timeout=20000 " +
        "-c tcp_user_timeout=5000 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

    /// <summary>Lets a node start on settings that lose acknowledged messages in a crash; for benchmarks only.</summary>
    public bool AllowUnsafe { get; init; }

    /// <summary>A connection string on these terms. What the configured one says under Options wins over them.</summary>
    public NpgsqlConnectionStringBuilder Session(string application)
    {
        var session = new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = application, Timeout = 5, CommandTimeout = 15 };
        session.Options = $"{Terms} {session.Options}".TrimEnd();
        (session.MaxAutoPrepare, session.AutoPrepareMinUsages) = (60, 2); // the few statements of the hot paths and the followers are parsed and planned once per session
        if (session.Host is not ['/' or '@', ..]) (session.TcpKeepAlive, session.TcpKeepAliveTime, session.TcpKeepAliveInterval) = (true, 5, 2);
        return session;
    }
}
