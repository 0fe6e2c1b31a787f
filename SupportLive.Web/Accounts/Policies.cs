using System.Diagnostics.CodeAnalysis;

namespace SupportLive.Web.Accounts;

/// <summary>Policies beside the one per permission. Every route and hub method states one; a test fails on a door without.</summary>
[SuppressMessage("Design", "MA0104", Justification = "The name says it.")]
public static class Policies
{
    /// <summary>Open to everyone, on purpose.</summary>
    public const string Anyone = "anyone";

    /// <summary>Anyone with an account; what they may see is decided behind the door, ticket by ticket.</summary>
    public const string SignedIn = "signed_in";
}
