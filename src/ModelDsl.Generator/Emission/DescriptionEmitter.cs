using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>Writes the description of a model: shapes, layers, tensors, blocks and memory.</summary>
internal static class DescriptionEmitter
{
    public static void Write(CodeWriter code, ModelDeclaration declaration, PlannedModel planned, MemberNames members)
    {
        LoweredModel model = planned.Model;
        List<string> unusual = UnusualProperties(declaration, model, members);
        List<(string Property, List<string> Elements)> lists =
        [
            .. new[]
            {
                ("Blocks", BlockDescriptions(model)),
                ("Activations", [.. ActivationEmitter.Descriptions(model, planned.Training.Memory)]),
            }
            .Where(list => list.Item2.Count > 0),
        ];
        code.Line("/// <summary>The shapes, layers, parameters and memory that all instances share.</summary>");
        code.Line(GeneratedCode.Attribute);
        code.Line("public static global::ModelDsl.ModelDescription Architecture { get; } = new(");
        using (code.Indent())
        {
            code.Line($"Name: {Literal.Of(declaration.Name)},");
            code.Line($"InputShape: {SurfaceEmitter.Shape(model.Input)},");
            code.Line($"OutputShape: {SurfaceEmitter.Shape(model.TrainingOutput.Shape)},");
            code.Line($"Loss: global::ModelDsl.LossKind.{LossKindOf(model)},");
            code.Line("Layers:");
            code.Line("[");
            using (code.Indent())
            {
                foreach (BoundLayer layer in model.Layers)
                {
                    int count = model.Layout.CountOf(layer.Index);
                    code.Line($"new({Literal.Of(layer.Name)}, {Literal.Of(layer.Declaration.Text)}, {SurfaceEmitter.Shape(layer.Output)}, {count}),");
                }
            }

            code.Line("],");
            code.Line("Parameters:");
            code.Line("[");
            using (code.Indent())
            {
                foreach (Parameter parameter in model.Layout.Parameters)
                {
                    string end = parameter.IsStatistic ? " { IsStatistic = true }" : "";
                    code.Line(
                        $"new({Literal.Of(parameter.Id.FileName)}, {SurfaceEmitter.Shape(parameter.Value.Shape)}, {model.Layout.OffsetOf(parameter.Value)}, {Initializer(parameter.Initialization)}){end},");
                }
            }

            code.Line("],");
            code.Line($"ParameterLength: {model.Layout.Length},");
            code.Line($"TrainingFloatsPerSample: {planned.Training.Memory.FloatsPerSample},");
            string properties =
                lists.Count > 0 ? "" : unusual.Count == 0 ? ";" : $" {{ {string.Join(", ", unusual)} }};";
            code.Line($"InferenceFloatsPerSample: {planned.Inference.Memory.FloatsPerSample}){properties}");
        }

        if (lists.Count > 0)
        {
            WriteProperties(code, unusual, lists);
        }
    }

    private static string LossKindOf(LoweredModel model) =>
        model.IsForInference ? "None"
        : model.HasHeads ? "WeightedSum"
        : model.Heads[0].Loss.KindOf(model.Heads[0].Layer);

    private static void WriteProperties(
        CodeWriter code, List<string> properties, List<(string Property, List<string> Elements)> lists)
    {
        code.Line("{");
        using (code.Indent())
        {
            foreach (string property in properties)
            {
                code.Line($"{property},");
            }

            foreach ((string property, List<string> elements) in lists)
            {
                code.Line($"{property} =");
                code.Line("[");
                using (code.Indent())
                {
                    foreach (string element in elements)
                    {
                        code.Line($"{element},");
                    }
                }

                code.Line("],");
            }
        }

        code.Line("};");
    }

    // The uses of blocks that have parameters, each block before those within it.
    private static List<string> BlockDescriptions(LoweredModel model)
    {
        // What some parameter lies within.
        var around = new HashSet<LayerPath>();
        foreach (Parameter parameter in model.Layout.Parameters)
        {
            for (LayerPath? path = parameter.Id.Layer; path is not null && around.Add(path);)
            {
                path = path.Parent;
            }
        }

        return
        [
            .. BlocksOf(model.Layers)
                .Where(block => around.Contains(block.ParameterScope))
                .Select(block => $"new({Literal.Of(block.FullName)}, {Literal.Of($"{block.ParameterScope}")})")
                .Distinct(),
        ];

        static IEnumerable<BoundBlock> BlocksOf(IEnumerable<BoundLayer> layers) =>
            layers.SelectMany(layer => layer.Blocks).SelectMany(block => BlocksOf(block.Layers).Prepend(block));
    }

    private static List<string> UnusualProperties(
        ModelDeclaration declaration, LoweredModel model, MemberNames members)
    {
        List<string> properties = [];
        if (declaration.Precision != Precision.Float32)
        {
            properties.Add($"Precision = global::ModelDsl.Precision.{declaration.Precision}");
        }

        if (model.Layout.TrainableLength != model.Layout.Length)
        {
            properties.Add($"TrainableLength = {model.Layout.TrainableLength}");
        }

        if (model.Input.IsTokens)
        {
            properties.Add("InputType = global::ModelDsl.ElementType.Token");
        }

        if (ModelInputs.Named(model.Layers) is { Count: > 0 } towers)
        {
            IEnumerable<string> inputs = towers.Select(tower =>
                $"new({Literal.Of(tower.Name)}, {SurfaceEmitter.Shape(tower.Shape)}{(tower.Shape.IsTokens ? ", global::ModelDsl.ElementType.Token" : "")})");
            properties.Add($"Inputs = [{string.Join(", ", inputs)}]");
        }

        if (model.HasHeads)
        {
            properties.Add(
                $"Heads = [{string.Join(", ", model.Heads.Select(head => HeadEmitter.Description(head, members)))}]");
        }
        else if (!model.IsForInference)
        {
            properties.AddRange(HeadEmitter.Properties(model.Heads[0], members));
        }

        return properties;
    }

    private static string Initializer(Initialization initialization)
    {
        string name = $"global::ModelDsl.Initializer.{initialization.InitializerName}";
        return initialization.InitializerName switch
        {
            "Zeros" => $"new({name})",
            "Constant" or "Normal" => $"new({name}, Constant: {Literal.Of(initialization.Value)})",
            _ => $"new({name}, FanIn: {initialization.FanIn}, FanOut: {initialization.FanOut})",
        };
    }
}
