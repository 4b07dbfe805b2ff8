namespace ModelDsl.Architecture.Tests.Dependencies;

/// <summary>The compiled assemblies of the repository, which the build puts beside the tests.</summary>
internal static class SourceAssemblies
{
    public static CompiledCode Read(string name) =>
        CompiledCode.Read(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
}
