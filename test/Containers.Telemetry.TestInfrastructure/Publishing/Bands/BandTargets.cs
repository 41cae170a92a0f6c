using System.Text;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Bands;

/// <summary>Writes the container props and targets of a band: the names, calls and properties that an observer of publishes depends on.</summary>
internal sealed class BandTargets(Band band)
{
    private readonly BandTaskSet _tasks = new(band);
    private readonly bool _knowsRuntimes = band.ImageIndex == ImageIndexSupport.KnownByRuntimes;

    /// <summary>The props. They register the tasks.</summary>
    public string RenderProps()
    {
        string runtime = band.RunsInTaskHost ? " Runtime=\"NET\"" : "";
        IEnumerable<string> registrations = _tasks.All.Select(task =>
            $"""  <UsingTask TaskName="$(MSBuildThisFileName).Tasks.{task.Name}" AssemblyFile="$(ContainerCustomTasksAssembly)"{runtime} />""");
        return $"""
            <Project>
              <PropertyGroup>
                <SDKContainerSupportEnabled>true</SDKContainerSupportEnabled>
                <ContainerCustomTasksAssembly Condition="'$(ContainerCustomTasksAssembly)' == ''">$(MSBuildThisFileDirectory)..\tasks\{BandSdk.TaskFramework}\$(MSBuildThisFileName).dll</ContainerCustomTasksAssembly>
              </PropertyGroup>
            {string.Join('\n', registrations)}
            </Project>
            """;
    }

    /// <summary>The targets. They call the tasks.</summary>
    public string RenderTargets() => $"""
        <Project>
          <PropertyGroup>
            <_ContainerIsSelfContained>false</_ContainerIsSelfContained>
            <_ContainerIsSelfContained Condition="'$(SelfContained)' == 'true' or '$(PublishSelfContained)' == 'true'">true</_ContainerIsSelfContained>
            {(band.SupportsConsoleByDefault ? "<EnableSdkContainerSupport Condition=\"'$(EnableSdkContainerSupport)' == '' and '$(OutputType)' != 'Library'\">true</EnableSdkContainerSupport>" : "")}
            <PublishContainerDependsOn>_ContainerVerifySDKVersion;ComputeContainerConfig;_CheckContainersPackage</PublishContainerDependsOn>
          </PropertyGroup>
          <Target Name="_ContainerVerifySDKVersion" />
          <Target Name="_CheckContainersPackage" AfterTargets="Build" />
        {RenderBaseImage()}
        {RenderConfiguration()}
        {(band.ImageIndex == ImageIndexSupport.None ? RenderSingleImage() : RenderImages())}
        </Project>
        """;

    private string RenderBaseImage() => band.BaseImageChoice == BaseImageChoice.TagOnly
        ? $"""
          <Target Name="_ComputeContainerBaseImageTag" Returns="$(_ContainerBaseImageTag)">
            {Call(_tasks.BaseImage)}
          </Target>
          <Target Name="ComputeContainerBaseImage" DependsOnTargets="_ComputeContainerBaseImageTag" Returns="$(ContainerBaseImage)">
            <PropertyGroup>
              <ContainerBaseImage Condition="'$(ContainerBaseImage)' == ''">mcr.microsoft.com/dotnet/runtime:$(_ContainerBaseImageTag)</ContainerBaseImage>
            </PropertyGroup>
          </Target>
        """
        : $"""
          <Target Name="ComputeContainerBaseImage" Returns="$(ContainerBaseImage)">
            <PropertyGroup>
              {(band.ImageIndex == ImageIndexSupport.None ? RenderOneRuntime() : RenderRuntimes())}
              <_InitialContainerBaseImage>$(ContainerBaseImage)</_InitialContainerBaseImage>
            </PropertyGroup>
            <ItemGroup>
              <_TargetRuntimeIdentifiers Include="$(ContainerRuntimeIdentifier)" />
              <_TargetRuntimeIdentifiers Include="$(ContainerRuntimeIdentifiers)" Condition="'$(ContainerRuntimeIdentifier)' == ''" />
            </ItemGroup>
            {Call(_tasks.BaseImage)}
          </Target>
        """;

    private static string RenderOneRuntime() => """
        <ContainerRuntimeIdentifier Condition="'$(ContainerRuntimeIdentifier)' == ''">$(RuntimeIdentifier)</ContainerRuntimeIdentifier>
              <ContainerRuntimeIdentifier Condition="'$(ContainerRuntimeIdentifier)' == ''">linux-$(NETCoreSdkPortableRuntimeIdentifier.Split('-')[1])</ContainerRuntimeIdentifier>
        """;

    private static string RenderRuntimes() => """
        <ContainerRuntimeIdentifier Condition="'$(ContainerRuntimeIdentifier)' == ''">$(RuntimeIdentifier)</ContainerRuntimeIdentifier>
              <ContainerRuntimeIdentifiers Condition="'$(ContainerRuntimeIdentifiers)' == ''">$(RuntimeIdentifiers)</ContainerRuntimeIdentifiers>
              <ContainerRuntimeIdentifier Condition="'$(ContainerRuntimeIdentifier)$(ContainerRuntimeIdentifiers)' == ''">linux-$(NETCoreSdkPortableRuntimeIdentifier.Split('-')[1])</ContainerRuntimeIdentifier>
        """;

    private string RenderConfiguration() => $"""
          <Target Name="ComputeContainerConfig" DependsOnTargets="ComputeContainerBaseImage{(_knowsRuntimes ? ";_ContainerEstablishRIDNess;_ComputeContainerExecutionArgs" : "")}">
            <PropertyGroup>
              {(band.BaseImageChoice == BaseImageChoice.TagOnly ? RenderOneRuntime() : "")}
              <ContainerRegistry Condition="'$(RegistryUrl)' != ''">$(RegistryUrl)</ContainerRegistry>
              <ContainerRepository Condition="'$(ContainerRepository)' == ''">$(AssemblyName)</ContainerRepository>
              <ContainerImageTag Condition="'$(ContainerImageTag)$(ContainerImageTags)' == ''">latest</ContainerImageTag>
              <ContainerGenerateLabels Condition="'$(ContainerGenerateLabels)' == ''">true</ContainerGenerateLabels>
              <ContainerGenerateLabelsImageBaseDigest Condition="'$(ContainerGenerateLabelsImageBaseDigest)' == ''">true</ContainerGenerateLabelsImageBaseDigest>
              <ContainerWorkingDirectory Condition="'$(ContainerWorkingDirectory)' == ''">/app/</ContainerWorkingDirectory>
            </PropertyGroup>
            {Call(_tasks.Properties)}
            {(_tasks.Annotations is { } annotations ? Call(annotations) : "")}
          {(_knowsRuntimes ? "" : RenderAppCommand())}
          </Target>
        """;

    private static string RenderAppCommand() => """
          <ItemGroup>
              <ContainerAppCommand Condition="'@(ContainerAppCommand)' == ''" Include="dotnet;/app/$(TargetFileName)" />
            </ItemGroup>
        """;

    // Bands with one image per publish make it in the public target itself.
    private string RenderSingleImage() => $"""
          <Target Name="PublishContainer" DependsOnTargets="$(PublishContainerDependsOn)" Condition="'$(IsPublishable)' == 'true'{(band.BaseImageChoice == BaseImageChoice.TagOnly ? "" : " and '$(EnableSdkContainerSupport)' == 'true'")}">
            {Call(_tasks.Image)}
          </Target>
        """;

    private string RenderImages()
    {
        string item = BandTaskSet.ImageItem(band)!;
        return $"""
              {(_knowsRuntimes ? RenderRuntimeTargets() : "")}
              <Target Name="_PublishSingleContainer" Returns="@({item})">
                {Call(_tasks.Image)}
                {(_tasks.Push is { } push ? Call(push) : "")}
                <ItemGroup>
                  <{item} Include="GeneratedContainer">
                    <Manifest>$(GeneratedContainerManifest)</Manifest>
                    <Configuration>$(GeneratedContainerConfiguration)</Configuration>
                    <ManifestDigest>$(GeneratedContainerDigest)</ManifestDigest>
                    <ManifestMediaType>$(GeneratedContainerMediaType)</ManifestMediaType>
                  </{item}>
                </ItemGroup>
              </Target>
              <Target Name="_PublishMultiArchContainers" DependsOnTargets="$(PublishContainerDependsOn)">
                <PropertyGroup>
                  <_SkipContainerPublishing>false</_SkipContainerPublishing>
                  <_SkipContainerPublishing Condition="'$(ContainerArchiveOutputPath)' != '' or '$(ContainerRegistry)' == ''">true</_SkipContainerPublishing>
                  <_SkipCreateImageIndex>false</_SkipCreateImageIndex>
                  <_SingleImageContainerFormat>$(ContainerImageFormat)</_SingleImageContainerFormat>
                  <_SingleImageContainerFormat Condition="'$(_SkipContainerPublishing)' == 'true'">OCI</_SingleImageContainerFormat>
                </PropertyGroup>
                <ItemGroup>
                  <_Runtime Include="$(ContainerRuntimeIdentifiers)" />
                  <_InnerBuild Include="$(MSBuildProjectFullPath)"
                               AdditionalProperties="ContainerRuntimeIdentifier=%(_Runtime.Identity);RuntimeIdentifier=%(_Runtime.Identity);ContainerBaseRegistry=$(ContainerBaseRegistry);ContainerBaseName=$(ContainerBaseName);ContainerBaseTag=$(ContainerBaseTag);ContainerBaseDigest=$(ContainerBaseDigest);ContainerRegistry=$(ContainerRegistry);ContainerRepository=$(ContainerRepository);_ContainerImageTags=@(ContainerImageTags, ';');ContainerGenerateLabels=$(ContainerGenerateLabels);ContainerGenerateLabelsImageBaseDigest=$(ContainerGenerateLabelsImageBaseDigest);ContainerWorkingDirectory=$(ContainerWorkingDirectory);_SkipContainerPublishing=$(_SkipContainerPublishing);ContainerImageFormat=$(_SingleImageContainerFormat){(_knowsRuntimes ? ";_IsMultiRIDBuild=false;_IsSingleRIDBuild=true" : "")}" />
                </ItemGroup>
                <MSBuild Projects="@(_InnerBuild)" Targets="Publish;_ParseItemsForPublishingSingleContainer;{(_knowsRuntimes ? "_ComputeContainerExecutionArgs;" : "")}_PublishSingleContainer">
                  <Output TaskParameter="TargetOutputs" ItemName="{item}" />
                </MSBuild>
                {Call(_tasks.Index!)}
              </Target>
              <Target Name="_ParseItemsForPublishingSingleContainer">
              {(_knowsRuntimes ? "" : RenderAppCommand())}
                <ItemGroup>
                  <_OriginalImageTag Include="$(_ContainerImageTags)" />
                  <ContainerImageTags Include="@(_OriginalImageTag->'%(Identity)-$(ContainerRuntimeIdentifier)')" />
                </ItemGroup>
              </Target>
              <Target Name="PublishContainer" DependsOnTargets="$(PublishContainerDependsOn)" Condition="'$(IsPublishable)' == 'true' and '$(EnableSdkContainerSupport)' == 'true'"{(_knowsRuntimes ? $" Returns=\"@({item})\"" : "")}>
                {(_knowsRuntimes ? "" : RenderRuntimeProperties())}
                <CallTarget Condition="'$(_IsMultiRIDBuild)' == 'true'" Targets="_PublishMultiArchContainers" />
                <CallTarget Condition="'$(_IsSingleRIDBuild)' == 'true'" Targets="_PublishSingleContainer" />
              </Target>
            """;
    }

    private static string RenderRuntimeProperties() => """
        <PropertyGroup Condition="'$(_IsMultiRIDBuild)$(_IsSingleRIDBuild)' == ''">
                  <_IsMultiRIDBuild Condition="'$(ContainerRuntimeIdentifier)' == '' and '$(ContainerRuntimeIdentifiers)' != ''">true</_IsMultiRIDBuild>
                  <_IsSingleRIDBuild Condition="'$(_IsMultiRIDBuild)' == ''">true</_IsSingleRIDBuild>
                </PropertyGroup>
        """;

    private static string RenderRuntimeTargets() => $"""
        <Target Name="_ContainerEstablishRIDNess">
                {RenderRuntimeProperties()}
              </Target>
              <Target Name="_ComputeContainerExecutionArgs">
              {RenderAppCommand()}
              </Target>
        """;

    private static string Call(BandTask task)
    {
        var text = new StringBuilder();
        text.Append(null, $"<{task.Name}");
        if (task.Condition is { } condition)
        {
            text.Append(null, $" Condition=\"{condition}\"");
        }

        foreach (BandParameter input in task.Inputs)
        {
            text.Append(null, $"\n        {input.Name}=\"{input.Value}\"");
        }

        if (task.Outputs.Count == 0)
        {
            return text.Append(" />").ToString();
        }

        text.Append(">\n");
        foreach (BandParameter output in task.Outputs)
        {
            text.Append(null, $"      <Output TaskParameter=\"{output.Name}\" {(output.IsItem ? "ItemName" : "PropertyName")}=\"{output.Value}\" />\n");
        }

        return text.Append(null, $"    </{task.Name}>").ToString();
    }
}
