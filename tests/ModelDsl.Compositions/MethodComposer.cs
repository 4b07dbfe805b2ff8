namespace ModelDsl.Compositions;

/// <summary>Draws forward methods: graphs of layers, operations, loops and calls.</summary>
internal sealed class MethodComposer(Random random, ModelComposer composer)
{
    private const int MostDimensions = 4;
    private const int DeepestBlock = 1;
    private const int Attempts = 30;

    private int _blocks;

    /// <summary>The classes of a model.</summary>
    public string Compose()
    {
        (string input, SampleShape shape) = composer.Input();
        var body = new MethodBody(("x", shape));
        while (body.Locals[^1].Shape.IsTokens)
        {
            AddLayer(body, body.Locals[^1], depth: 0);
        }

        AddStatements(body, random.Next(4, 12), depth: 0);
        (string result, SampleShape output) = Result(body);
        return $"{composer.Blocks}[Model, {input}, {composer.Loss(output)}]\npublic partial class {composer.Name}\n{{\n"
            + $"{body.Members(result)}}}\n";
    }

    private void AddStatements(MethodBody body, int count, int depth)
    {
        for (int i = 0; i < count; i++)
        {
            switch (random.Next(12))
            {
                case 0:
                    AddLoop(body);
                    break;
                case 1:
                    AddSplit(body);
                    break;
                case 2 when depth < DeepestBlock:
                    AddBlock(body, depth);
                    break;
                case 3:
                    AddPair(body);
                    break;
                case 4 or 5 or 6 when new MethodDraft(random, composer, body).Take() is { } local:
                    AddLayer(body, local, depth);
                    break;
                default:
                    if (Expression(body) is { } expression)
                    {
                        Declare(body, expression.Text, expression.Output);
                    }

                    break;
            }
        }
    }

    // Each turn has layers of its own, and what is a condition on the turn is decided by the compiler.
    private void AddLoop(MethodBody body)
    {
        var draft = new MethodDraft(random, composer, body);
        if (draft.Take() is not { } start)
        {
            return;
        }

        string name = body.NextName("turn");
        string step = $"{name} = {MethodExpressions.UnaryOf(draft, name)}.Tanh();";
        string layer = composer.Layer(start.Shape, keepsShape: true, depth: 2) is { } drawn
            ? $"{name} = {name}.{LayerCallText.Of(drawn.Text, withName: false)};"
            : step;
        string joined = draft.Chance(0.5)
            && draft.Take(shape => MethodShapes.Broadcast(start.Shape, shape) == start.Shape) is { } other
                ? $"{name} = 0.5 * ({MethodExpressions.BinaryOf(draft, name, other.Name)}).Tanh();"
                : $"{name} += 0.5 * {name}.Sin();";
        int turns = random.Next(2, 6);
        draft.Accept();
        body.Add($"Tensor {name} = {start.Name};");
        string condition = $"if (i % 2 == 0) {{ {step} continue; }}";
        string choice = $"{name} = {name}Left > 1 ? {name}.Tanh() : {name}.Sin();";
        string faded = $"{name} = rate * {name} + {name}.Cos();";
        body.Add(draft.Choose(
            $"for (int i = 0; i < {turns}; i++) {{ {layer} {joined} }}",
            $"for (int i = {turns}; i > 0; i--) {{ {joined} {condition} {layer} }}",
            $"foreach (double rate in new[] {{ 0.5, 0.25 }}) {{ {joined} {faded} }}",
            $"int {name}Left = {turns}; while ({name}Left-- > 0) {{ {choice} {joined} {layer} }}"));
        body.Declare(name, start.Shape);
    }

    private void AddSplit(MethodBody body)
    {
        var draft = new MethodDraft(random, composer, body);
        if (draft.Take(shape => shape.Dimensions.Any(extent => extent % 2 == 0)) is not { } x)
        {
            return;
        }

        int rank = x.Shape.Dimensions.Length;
        int dimension = draft.Order(rank).First(one => x.Shape.Dimensions[one] % 2 == 0);
        (string first, string second) = (body.NextName("v"), body.NextName("v"));
        draft.Accept();
        body.Add($"(Tensor {first}, Tensor {second}) = {x.Name}.Split(2, {draft.Written(dimension, rank)});");
        SampleShape half = x.Shape.With(dimension, x.Shape.Dimensions[dimension] / 2);
        body.Declare(first, half);
        body.Declare(second, half);
    }

    // Two expressions in a tuple, which are swapped.
    private void AddPair(MethodBody body)
    {
        if (Expression(body) is not { } first || Expression(body) is not { } second)
        {
            return;
        }

        (string one, string other) = (body.NextName("v"), body.NextName("v"));
        body.Add($"(Tensor {one}, Tensor {other}) = ({first.Text}, {second.Text});");
        body.Add($"({one}, {other}) = ({other}, {one});");
        body.Declare(one, second.Output);
        body.Declare(other, first.Output);
    }

    private void AddLayer(MethodBody body, (string Name, SampleShape Shape) local, int depth)
    {
        if (composer.Layer(local.Shape, keepsShape: false, depth + 1) is { } layer)
        {
            body.Read(local.Name);
            Declare(body, $"{local.Name}.{LayerCallText.Of(layer.Text, withName: true)}", layer.Output);
        }
    }

    // A block with a method keeps the shape of its first input, so that it may stand wherever a block may.
    private void AddBlock(MethodBody body, int depth)
    {
        var draft = new MethodDraft(random, composer, body);
        if (draft.Take() is not { } x)
        {
            return;
        }

        var second = random.Next(3) == 0 ? draft.Take() : null;
        MethodBody inner = second is { } other
            ? new MethodBody(("x", x.Shape), ("y", other.Shape))
            : new MethodBody(("x", x.Shape));
        AddStatements(inner, random.Next(2, 6), depth + 1);
        string[] unread =
            [.. inner.Unread.Where(local => local.Name != "x").Select(local => $" + {local.Name}.Mean()")];
        string name = FormattableString.Invariant($"{composer.Name}Method{++_blocks}");
        string members = inner.Members($"x + 0.3 * (x.Tanh(){string.Concat(unread)})");
        composer.Declare($"[Block]\npublic partial class {name}\n{{\n{members}}}\n\n");
        draft.Accept();
        string call = second is { } given
            ? $"Block<{name}>({given.Name})"
            : draft.Choose(
                $"Block<{name}>()", $"Residual<{name}>()", $"Repeat<{name}>(2)", $"Repeat<{name}>(3)",
                    $"Sum<{name}, {name}>()",
                $"Multiply<{name}, {name}>()", $"Multiply<{name}>()", $"Residual<{name}>(frozen: true)",
                $"Block<{name}>().Block<{name}>()");
        Declare(body, $"{x.Name}.{call}", x.Shape);
    }

    private DrawnLayer? Expression(MethodBody body)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            var draft = new MethodDraft(random, composer, body);
            if (draft.Choose(MethodExpressions.All)(draft) is { } expression
                && expression.Output.Count <= ModelComposer.MostElements
                && expression.Output.Dimensions.Length <= MostDimensions)
            {
                draft.Accept();
                return expression;
            }
        }

        return null;
    }

    private static void Declare(MethodBody body, string text, SampleShape shape)
    {
        string name = body.NextName("v");
        body.Add($"Tensor {name} = {text};");
        body.Declare(name, shape);
    }

    // All that leads nowhere yet, side by side.
    private (string Text, SampleShape Shape) Result(MethodBody body)
    {
        (string Name, SampleShape Shape)[] unread = [.. body.Unread];
        if (unread is [var only] && random.Next(3) == 0)
        {
            return (only.Name, only.Shape);
        }

        string[] parts =
        [
            .. unread.Select(local => local.Shape.Dimensions.Length > 1 && random.Next(2) == 0
                ? $"{local.Name}.Mean(0).Reshape(-1)"
                : $"{local.Name}.Reshape(-1)"),
        ];
        string all = parts.Length == 1 ? parts[0] : $"Tensor.Concat([{string.Join(", ", parts)}])";
        int units = random.Next(1, 5);
        return ($"{all}{(random.Next(2) == 0 ? ".Tanh()" : "")}.Dense({units})", SampleShape.Of(units));
    }
}
