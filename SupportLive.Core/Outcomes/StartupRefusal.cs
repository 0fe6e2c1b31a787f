namespace SupportLive.Core.Outcomes;

/// <summary>SupportLive cannot start as things are. The host prints the sentence, nothing else, and exits with 1.</summary>
public sealed class StartupRefusal(string sentence) : Exception(sentence);
