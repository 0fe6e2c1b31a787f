using Npgsql;

namespace SupportLive.Core.Data;

/// <summary>Tells "the database is not there right now" from bugs. The one is answered with busy and healed by waiting, the other is not.</summary>
public static class Outage
{
    private const string IdleInTransaction = "25P03"; // Npgsql has no name for it

    /// <summary>
    /// Connections that failed or were cut, restarts and fail-overs (SQLSTATE classes 08, 57, 58, 25006), exhausted disks and connections
    /// (53), lost races that a repetition wins (40), and locks or transactions that took too long (<see cref="DatabaseAddress.Session"/>).
    /// </summary>
    public static bool Is(Exception? error) => error switch
    {
        null => false,
        PostgresException { SqlState: var state } => state[..2] is "08" or "40" or "53" or "57" or "58"
            || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable or IdleInTransaction,
        // Npgsql 10.0.0 trips over its own state when a connection breaks while a statement is being prepared.
        // One that broke while it waited for notifications says "Connection is not open" at its next use.
        NullReferenceException { Source: "Npgsql" } or InvalidOperationException { Source: "Npgsql" } => true,
        // A statement that was stopped while it was being prepared is half known to its session; whoever comes next hears of an unexpected message.
        { Source: "Npgsql" } when error.GetType() == typeof(Exception) => true,
        NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or EndOfStreamException => true,
        _ => Is(error.InnerException),
    };
}
