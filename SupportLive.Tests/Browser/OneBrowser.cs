using Xunit;

namespace SupportLive.Tests.Browser;

/// <summary>
/// Stories in the browser come one after the other, when the rest is done: two Chromiums and their nodes on two cores are slower than
/// the patience of a test, which then says nothing about the product.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneBrowser
{
    public const string Name = "One browser";
}
