namespace ModelDsl.Generator.Lowering;

/// <summary>
/// Programs as text, one line for each call of a kernel: what tests compare, and what a debugger shows.
/// </summary>
internal static class ProgramText
{
    /// <summary>The operations in order, each under the layer that it came from.</summary>
    public static string Of(IEnumerable<Operation> operations) => string.Join(
        "\n",
        operations.SelectMany(operation => operation.Calls.Select(call => $"{operation.Layer.Path}: {call.Describe(NameOf)}")));

    private static string NameOf(Value value) => value.Root.Id.ToString();
}
