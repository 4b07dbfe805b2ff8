using ModelDsl.Generator.Layers.Primitives;
using ModelDsl.Generator.Lowering.Recurrent;

namespace ModelDsl.Generator.Layers;

/// <summary>
/// A layer that reads a sequence step by step. The products of the input with its weight are one product over all steps;
/// what depends on the step before is one operation for each step where there are few, and one for all where there are many.
/// </summary>
internal abstract class RecurrentLayer : LayerDefinition
{
    /// <summary>
    /// The number of steps up to which each is written down where the user does not say otherwise. It makes nothing faster (see
    /// docs/kernels.md for the measurement): it lets one read a short recurrence and step through it.
    /// </summary>
    public const int MostStepsUnrolled = 8;

    /// <summary>The number of steps that a user may have written down: more make a method that nobody reads.</summary>
    public const int MostStepsToUnroll = 256;

    /// <summary>The class of the arguments where an initial state may flow in and the last one flows out.</summary>
    protected abstract Type WithState { get; }

    public override IEnumerable<string> AttributeTypes => [AttributeType, WithState.FullName];

    /// <summary>The kind of recurrence.</summary>
    protected abstract RecurrentCell Cell(LayerDeclaration declaration);

    public override TensorShape? InferShape(LayerContext layer)
    {
        LayerDeclaration declaration = layer.Declaration;
        var arguments = layer.Arguments<RecurrentAttribute>();
        int units = arguments.Units;
        if (units < 1)
        {
            layer.Report(
                SizeMustBePositive.Message(declaration.Kind, "number of units", units), nameof(arguments.Units));
            return null;
        }

        if (!layer.Input.IsSequence || layer.Input.IsTokens)
        {
            if (layer.Before.LastOrDefault(other => other.Input != other.Output) is { Definition: RecurrentLayer } before
                && !ReturnsSequences(before.Declaration))
            {
                layer.Report(SequenceWasReduced.Message(declaration.Kind, before.Declaration.Text));
                return null;
            }

            layer.Report(
                LayerNeedsSequence.Message(
                    declaration.Kind, layer.Input, layer.InputOrigin, Remedies.ForSequence(layer)));
            return null;
        }

        int steps = layer.Input.Rows;
        if (arguments.Unroll == Unrolling.Always && steps > MostStepsToUnroll)
        {
            layer.Report(
                TooManyStepsToUnroll.Message(declaration.Kind, MostStepsToUnroll, steps), nameof(arguments.Unroll));
            return null;
        }

        int gates = Cell(declaration).Gates;
        if ((long)steps * units * gates > int.MaxValue)
        {
            layer.Report(TooManyElements.Message(new Extents(steps, (long)units * gates), declaration.Text));
            return null;
        }

        return ReturnsSequences(declaration) ? layer.Input.WithColumns(units) : new TensorShape(units);
    }

    public override IReadOnlyList<TensorShape>? InferShapes(LayerContext layer)
    {
        if (InferShape(layer) is not { } output)
        {
            return null;
        }

        if (!HasState(layer.Declaration))
        {
            return [output];
        }

        if (!Primitive.CheckInputs(layer))
        {
            return null;
        }

        var state = new TensorShape(output.Columns);
        for (int i = 1; i < layer.Inputs.Count; i++)
        {
            if (layer.Inputs[i].Dimensions != state.Dimensions)
            {
                layer.Report(
                    InitialStateMustFit.Message(
                        layer.Declaration.Quoted, state, layer.Inputs[i], layer.InputOriginAt(i)),
                    input: i);
                return null;
            }
        }

        return Cell(layer.Declaration).KeptIsState ? [output, state, state] : [output, state];
    }

    // What is read backwards begins with the last step, and what is reduced has no output for each.
    public override bool CanStep(BoundLayer layer) =>
        ReturnsSequences(layer.Declaration)
        && !HasState(layer.Declaration)
        && !layer.Arguments<RecurrentAttribute>().GoBackwards;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        Lower(layer, program, [input])[0];

    public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs)
    {
        bool hasState = HasState(layer.Declaration);
        Value input = inputs[0];
        RecurrentCell cell = Cell(layer.Declaration);
        int units = layer.Output.Columns;
        int rows = cell.Gates * units;
        TensorShape all = layer.Input.WithColumns(units);
        Value? mask = program.PaddingOf(input, layer.Input.Rows);
        (Value projected, Value recurrentWeight, Value? recurrentBias) = Project(
            layer, cell, program, WithoutPadding(layer, program, input, mask));
        Value packed = program.Add(new RecurrentPackOperation(
            layer,
            recurrentWeight,
            program.Scratch(layer, "packedWeight", new TensorShape(RecurrentValues.RoundUp(rows), units)),
            isBackward: false));

        var values = new RecurrentValues(
            layer, cell, projected, recurrentWeight, recurrentBias, packed, program.Activation(layer))
        {
            Gates = program.IsTraining
                ? program.Activation(layer, "gates", projected.Shape, mayBeRounded: true)
                : null,
            Kept = Kept(),
            Mask = mask,
            Previous = program.IsTraining ? program.Activation(layer, "previous", all) : null,
            InitialHidden = Initial(1, "initialHidden"),
            InitialCell = Initial(2, "initialCell"),
            LastHidden = hasState && program.IsRead(layer, 1)
                ? program.Activation(layer, "lastHidden", layer.Outputs[1], mayBeRounded: true)
                : null,
            LastCell = program.IsTraining && hasState && cell.KeptIsState && program.IsRead(layer, 2)
                ? program.Activation(layer, "lastCell", layer.Outputs[2])
                : null,
        };
        int steps = values.Steps;
        bool isUnrolled = layer.Arguments<RecurrentAttribute>().Unroll switch
        {
            Unrolling.Always => true,
            Unrolling.Never => false,
            _ => steps <= MostStepsUnrolled,
        };
        int atOnce = isUnrolled ? 1 : steps;
        for (int step = 0; step < steps; step += atOnce)
        {
            program.Add(new RecurrentOperation(values, step, step + atOnce));
        }

        return hasState ? [values.Result, .. StatesOf(values, program)] : [values.Result];

        Value? Initial(int number, string name) => number < inputs.Count
            ? Primitive.LayOut(layer, program, inputs[number], layer.Inputs[number], name)
            : null;

        Value? Kept() => (cell.Kept, program.IsTraining, cell.KeptIsState) switch
        {
            (null, _, _) or (_, false, false) => null,
            ({ } name, true, _) => program.Activation(layer, name, all, mayBeRounded: !cell.KeptIsState),
            ({ } name, _, _) => program.Activation(layer, name, new TensorShape(units)),
        };
    }

    // What a layer with a state returns. In inference the cell that is kept is the last one.
    private static Value[] StatesOf(RecurrentValues values, ProgramBuilder program)
    {
        Value hidden = Take(values.Result, values.LastHidden);
        return values.Cell.KeptIsState
            ? [hidden, program.IsTraining ? Take(values.Kept!, values.LastCell) : Take(values.Kept!, values.Kept)]
            : [hidden];

        // In the place of what nobody reads the values of all steps do.
        Value Take(Value all, Value? state)
        {
            if (state is null)
            {
                return all;
            }

            // A state is no sequence, however many units it has.
            program.SetPadding(state, null);
            return state == all ? state : program.Add(new RecurrentStateOperation(values, all, state));
        }
    }

    public override Value LowerStep(BoundLayer layer, ProgramBuilder program, Value input)
    {
        RecurrentCell cell = Cell(layer.Declaration);
        (Value projected, Value recurrentWeight, Value? recurrentBias) = Project(layer, cell, program, input);
        Value hidden = program.Kept(layer, "hidden", layer.Output);
        Value products = program.Add(new LinearOperation(
            layer, hidden, recurrentWeight, recurrentBias, program.Activation(layer, "products", projected.Shape)));
        Value? state = cell.KeptIsState ? program.Kept(layer, cell.Kept!, layer.Output) : null;
        return program.Add(new RecurrentStepOperation(layer, cell, projected, products, state, hidden));
    }

    // Only the gradient of the weight reads the steps of padding: it is a sum over all steps, in which 0 times what is
    // not a number would be none.
    private static Value WithoutPadding(BoundLayer layer, ProgramBuilder program, Value input, Value? mask) =>
        mask is null || !program.IsTraining || layer.IsFrozen
            ? input
            : program.Add(new CombineOperation(
                layer,
                BinaryFunction.Rejection,
                input,
                BroadcastOperand.OfRows(mask, layer.Input),
                program.Activation(layer, "unpadded", layer.Input, mayBeRounded: true)));

    /// <summary>Declares the parameters and multiplies the input by its weight.</summary>
    private static (Value Projected, Value RecurrentWeight, Value? RecurrentBias) Project(
        BoundLayer layer, RecurrentCell cell, ProgramBuilder program, Value input)
    {
        int units = layer.Output.Columns;
        int rows = cell.Gates * units;
        bool hasBias = layer.Arguments<RecurrentAttribute>().UseBias;
        Value weight = Weight("weight", layer.Input.Columns);
        Value? bias = hasBias ? Bias("bias") : null;
        Value recurrentWeight = Weight("recurrentWeight", units);
        Value? recurrentBias = hasBias && cell.SeparatesProducts ? Bias("recurrentBias") : null;
        Value projected = program.Add(new LinearOperation(
            layer,
            input,
            weight,
            bias,
            program.Activation(layer, "projected", layer.Input.WithColumns(rows), mayBeRounded: true)));
        return (projected, recurrentWeight, recurrentBias);

        // ±√(6 / (3·units + 3·units)) is PyTorch's ±1/√units.
        Value Weight(string name, int columns) => program.Parameter(
            layer, name, new TensorShape(rows, columns), new Initialization(
                Initializer.GlorotUniform, 3 * units, 3 * units, 0f));

        Value Bias(string name) => program.Parameter(
            layer, name, new TensorShape(rows), new Initialization(Initializer.Zeros, units, units, 0f));
    }

    /// <summary>Whether a state may flow in, and the last one flows out.</summary>
    private bool HasState(LayerDeclaration declaration) => declaration.AttributeType == WithState.FullName;

    private static bool ReturnsSequences(LayerDeclaration declaration) =>
        declaration.Read<RecurrentAttribute>().ReturnSequences;
}

/// <summary>h ← (1 - z)·n + z·h, with gates from the input and the output before.</summary>
internal sealed class GruLayer : RecurrentLayer
{
    private static readonly RecurrentCell Gru = new("Gru", 3, "r, z, n") { Kept = "candidates", SeparatesProducts = true };

    public override string AttributeType => typeof(GruAttribute).FullName;

    protected override Type WithState => typeof(GruWithStateAttribute);

    protected override RecurrentCell Cell(LayerDeclaration declaration) => Gru;
}

/// <summary>c ← f·c + i·g and h ← o·tanh(c), with gates from the input and the output before.</summary>
internal sealed class LstmLayer : RecurrentLayer
{
    private static readonly RecurrentCell Lstm = new("Lstm", 4, "i, f, g, o") { Kept = "cells", KeptIsState = true };

    public override string AttributeType => typeof(LstmAttribute).FullName;

    protected override Type WithState => typeof(LstmWithStateAttribute);

    protected override RecurrentCell Cell(LayerDeclaration declaration) => Lstm;
}

/// <summary>h ← f(W·x + U·h + b).</summary>
internal sealed class SimpleRnnLayer : RecurrentLayer
{
    public override string AttributeType => typeof(SimpleRnnAttribute).FullName;

    protected override Type WithState => typeof(SimpleRnnWithStateAttribute);

    protected override RecurrentCell Cell(LayerDeclaration declaration) =>
        declaration.Attribute is SimpleRnnAttribute { Activation: RecurrentActivation.Relu }
            or SimpleRnnWithStateAttribute { Activation: RecurrentActivation.Relu }
            ? new RecurrentCell("SimpleRnn", 1, "max(·, 0)") { Activation = new ActivationFunction("Relu") }
            : new RecurrentCell("SimpleRnn", 1, "tanh") { Activation = new ActivationFunction("Tanh") };
}
