namespace SupportLive.Core.Outcomes;

/// <summary>
/// SupportLive will not start here, and the operator can do something about it. The host prints the sentence, without
/// a stack trace, and exits with code 1.
/// </summary>
/// <param name="sentence">What is wrong and what to do, in words for the operator.</param>
public sealed class StartupRefusal(string sentence) : Exception(sentence);
