namespace Containers.Telemetry.EvaluationCost;

/// <summary>Projects that contain only the package's targets.</summary>
internal static class EvaluatedProject
{
    /// <summary>Writes a project with the elements of every evaluation: a property, a property function, a condition, an item, an import.</summary>
    public static string WriteEmpty(string folder)
    {
        string import = Path.Combine(folder, "empty.targets");
        File.WriteAllText(import, "<Project />");
        return Write(folder, "empty.proj", $"""
            <Project>
              <PropertyGroup>
                <Text>$([System.String]::Copy('text').Trim().ToLowerInvariant())</Text>
                <Text Condition="'$(Text)' == '' and Exists('{import}')">none</Text>
                <Text>$([System.Text.RegularExpressions.Regex]::Replace('$(Text)', 'te(?:x|y)t?', '%24t'))</Text>
              </PropertyGroup>
              <ItemGroup>
                <Item Include="a" />
                <Item Update="a">
                  <Name Condition="'%(Item.Name)' == ''">b</Name>
                </Item>
              </ItemGroup>
              <Import Project="{import}" />
            </Project>
            """);
    }

    /// <summary>Writes a project that imports the targets with telemetry on, with container targets that no SDK has.</summary>
    public static string WriteWithContainerTargets(string folder, string targets, string sdkFolder, string containerTargets)
    {
        string build = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName + Path.DirectorySeparatorChar;
        File.WriteAllText(build + "Microsoft.NET.Build.Containers.targets", containerTargets);
        File.WriteAllText(build + "Microsoft.NET.Build.Containers.props", "<Project />");
        return Write(folder, targets, sdkFolder, isOn: true, $"<_ContainersTargetsDir>{build}</_ContainersTargetsDir>");
    }

    /// <summary>Writes a project that imports the targets, with telemetry on or off.</summary>
    public static string Write(string folder, string targets, string sdkFolder, bool isOn, string property = "")
    {
        string tasks = Directory.CreateDirectory(Path.Combine(folder, "tasks")).FullName + Path.DirectorySeparatorChar;
        File.WriteAllText(Path.Combine(tasks, "Containers.Telemetry.dll"), "");
        return Write(folder, Guid.NewGuid().ToString("N") + ".proj", $"""
            <Project>
              <PropertyGroup>
                <_ContainersTelemetryTaskFolder>{tasks}</_ContainersTelemetryTaskFolder>
                <ContainersTelemetry>{(isOn ? "true" : "false")}</ContainersTelemetry>
                {property}
                <NETCoreSdkBundledVersionsProps>{Path.Combine(sdkFolder, "Microsoft.NETCoreSdk.BundledVersions.props")}</NETCoreSdkBundledVersionsProps>
                <NETCoreSdkVersion>{Path.GetFileName(Path.TrimEndingDirectorySeparator(sdkFolder))}</NETCoreSdkVersion>
              </PropertyGroup>
              <Import Project="{targets}" />
            </Project>
            """);
    }

    private static string Write(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
