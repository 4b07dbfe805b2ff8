namespace ModelDsl.Architecture.Tests.Dependencies;

/// <summary>The assemblies of src/, as they were built beside the tests.</summary>
internal static class SourceAssemblies
{
    public static CompiledCode Read(string name) =>
        CompiledCode.Read(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
}
