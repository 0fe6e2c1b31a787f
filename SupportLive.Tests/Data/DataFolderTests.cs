using SupportLive.Core.Data;
using Xunit;

namespace SupportLive.Tests.Data;

public sealed class DataFolderTests
{
    [Fact]
    public void The_configured_folder_comes_first_and_is_made_absolute() =>
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "here"), DataFolder.Resolve("here/"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_one_root_and_people_have_a_place_each(string? configured)
    {
        var folder = DataFolder.Resolve(configured);

        Assert.True(Path.IsPathFullyQualified(folder));
        Assert.Equal("supportlive", Path.GetFileName(folder));
        if (!OperatingSystem.IsWindows()) Assert.Equal(Environment.IsPrivilegedProcess, folder == "/var/lib/supportlive");
    }
}
