namespace SupportLive.Core.Data;

/// <summary>
/// How the private database is configured. Written anew at each start, as a file that postgresql.conf includes: what an
/// operator adds to postgresql.conf below that line, or by ALTER SYSTEM, wins.
/// </summary>
internal static class PrivateSettings
{
    internal const string FileName = "supportlive.conf";

    // No TCP: the socket's folder is closed to other users, and the password guards it besides. Parallel queries are off
    // because they need more of /dev/shm than a container usually has. JIT costs more than it gains on short queries.
    internal static string For(string socketFolder) => $"""
        # Written by SupportLive at each start; changes here are lost.
        listen_addresses = ''
        unix_socket_directories = '"{socketFolder.Replace("'", "''", StringComparison.Ordinal)}"'
        unix_socket_permissions = 0700
        port = 5432
        max_connections = 200
        password_encryption = 'scram-sha-256'

        fsync = on
        full_page_writes = on
        synchronous_commit = on
        max_wal_size = 2GB
        checkpoint_timeout = 15min

        shared_buffers = 256MB
        effective_cache_size = 1GB
        work_mem = 8MB
        maintenance_work_mem = 64MB
        max_parallel_workers_per_gather = 0
        random_page_cost = 1.1
        jit = off

        timezone = 'UTC'
        log_timezone = 'UTC'
        log_line_prefix = '%m [%p] '
        log_checkpoints = off
        """ + "\n";
}
