using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace SupportLive.Tests;

/// <summary>bUnit's diffing assembly is copied, not restored (Bunit.targets): resolve its name to that copy.</summary>
internal static class BunitAssemblies
{
    [ModuleInitializer]
    internal static void Resolve() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
            : null;
}
