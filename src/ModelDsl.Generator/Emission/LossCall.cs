using ModelDsl.Generator.Lowering;

namespace ModelDsl.Generator.Emission;

/// <summary>Writes how a model's loss comes about: the call of one kernel, or the weighted sum of several.</summary>
internal static class LossCall
{
    public delegate void Statement(string head, IReadOnlyList<string> arguments, string end);

    /// <summary>The targets of a head: all of them where it is the only one.</summary>
    public static string Targets(LoweredModel model, Head head, IReadOnlyList<Head> heads) =>
        model.HasHeads ? $"_modelState.Heads.TargetsOf({Number(head, heads)}, targets, batch)" : "targets";

    /// <summary>Writes statements that leave the loss in the variable <c>loss</c>.</summary>
    /// <param name="statement">Writes a call.</param>
    /// <param name="model">The model.</param>
    /// <param name="heads">The heads of the program at hand.</param>
    /// <param name="method">The kernels' method.</param>
    /// <param name="operands">The first arguments: outputs, targets and, where the method takes one, gradient.</param>
    public static void Write(
        Statement statement, LoweredModel model, IReadOnlyList<Head> heads, string method, Func<Head, string[]> operands)
    {
        foreach (Head head in heads)
        {
            (int rows, int columns) = head.Loss.Items(head.Output.Shape);
            List<string> arguments =
                [.. operands(head), OperationWriter.Scaled(rows), $"{columns}", .. head.Loss.AllOptions(head.Layer)];
            bool isWeighted = head.Weight != 1f;
            if (isWeighted && method == "EvaluateWithGradient")
            {
                arguments.Add($"gradientScale: {Literal.Of(head.Weight)}");
            }

            string factor = isWeighted ? $"{Literal.Of(head.Weight)} * " : "";
            string call = head.Loss.Method(head.Layer, method);
            int number = Number(head, heads);
            string variable = number == 0 ? "float loss =" : "loss +=";
            statement(
                model.HasHeads ? $"{variable} {factor}_modelState.Heads.SetLoss({number}, {call}" : $"{variable} {factor}{call}",
                arguments,
                model.HasHeads ? "));" : ");");
        }
    }

    private static int Number(Head head, IReadOnlyList<Head> heads) => heads.ToList().IndexOf(head);
}
