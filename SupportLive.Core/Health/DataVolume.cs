namespace SupportLive.Core.Health;

/// <summary>Where this node keeps its files.</summary>
/// <param name="HoldsDatabase">The private database lies in it.</param>
public sealed record DataVolume(string Folder, bool HoldsDatabase)
{
    /// <summary>Null when it cannot be read. A folder that is not there yet counts by the nearest one above it that is.</summary>
    internal DiskSpace? Look()
    {
        try
        {
            var folder = new DirectoryInfo(Folder);
            while (!folder.Exists && folder.Parent is { } above) folder = above;
            return new DiskSpace(new DriveInfo(folder.FullName).AvailableFreeSpace, HoldsDatabase);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
