namespace SupportLive.Core.Data;

/// <summary>Where the database is, with its secret: for the few connections that are not out of the pool.</summary>
public sealed record DatabaseAddress(string ConnectionString);
