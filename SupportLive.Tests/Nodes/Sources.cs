namespace SupportLive.Tests.Nodes;

/// <summary>Where the source files are.</summary>
public static class Sources
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo from) =>
        File.Exists(Path.Combine(from.FullName, "SupportLive.sln")) ? from.FullName : Find(from.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository."));

    public static string Of(string project) => Path.Combine(Root, project);

    /// <summary>Files written by hand, with their path from the root.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string project, params string[] endings) =>
        from file in Directory.EnumerateFiles(Of(project), "*", SearchOption.AllDirectories)
        let path = System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/')
        where endings.Any(e => path.EndsWith(e, StringComparison.Ordinal)) && !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
            && !path.Contains("/Migrations/", StringComparison.Ordinal) && !path.Contains("/_framework/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));
}
