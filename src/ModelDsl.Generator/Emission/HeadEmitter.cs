namespace ModelDsl.Generator.Emission;

/// <summary>Writes the members that a model with several heads has besides the others.</summary>
internal static class HeadEmitter
{
    public static void Write(CodeWriter code, LoweredModel model)
    {
        code.Line("/// <inheritdoc />");
        code.Line(GeneratedCode.Attribute);
        code.Line("public global::System.ReadOnlySpan<float> HeadLosses => _modelState.Heads.Losses;");
        for (int i = 0; i < model.Heads.Count; i++)
        {
            Head head = model.Heads[i];
            code.Separate();
            code.Line($"/// <summary>The outputs of {head.Name} for the last batch, one sample after the other, valid until the next call.</summary>");
            code.Line(GeneratedCode.Attribute);
            code.Line($"[{SurfaceEmitter.BatchShape(head.Output.Shape)}]");
            code.Line($"public global::System.ReadOnlySpan<float> {ModelMembers.HeadOutputs(head.Name)} => _modelState.Heads.Outputs({i});");
        }
    }

    /// <summary>A head as the model's description has it.</summary>
    public static string Description(Head head, MemberNames members)
    {
        string[] properties =
        [
            .. head.Weight == 1f ? (string[])[] : [$"Weight = {Literal.Of(head.Weight)}"],
            .. Properties(head, members),
        ];
        string end = properties.Length == 0 ? "" : $" {{ {string.Join(", ", properties)} }}";
        string shape = SurfaceEmitter.Shape(head.Output.Shape);
        return $"new({Literal.Of(head.Name)}, {shape}, global::ModelDsl.LossKind.{head.Loss.KindOf(head.Layer)}){end}";
    }

    /// <summary>What the model's description says of a loss, as initializers of properties.</summary>
    public static IEnumerable<string> Properties(Head head, MemberNames members) =>
        head.Loss.Properties(head.Layer).Select(property => property switch
        {
            ListArgument list => $"{property.Name} = [.. {members.Of(list.Layer, list.List)}]",
            ConstantArgument constant => $"{property.Name} = {Literal.Of(constant.Constant)}",
            _ => throw new InvalidOperationException($"{property.GetType().Name} is no property of a loss."),
        });
}
