using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>Reads the expressions of a method: what tensors flow from, and what constants are.</summary>
/// <param name="reading">What all methods that are read together share.</param>
/// <param name="scope">The variables.</param>
/// <param name="call">The call in the forward method that leads here; null in the forward method itself.</param>
/// <param name="depth">The number of methods around.</param>
internal sealed class ExpressionReader(Reading reading, Scope scope, Location? call, int depth)
{
    private const int MostMethods = 64;

    /// <inheritdoc cref="Reading.Step"/>
    public bool Step() => reading.Step();

    /// <summary>Reports that an expression cannot be read.</summary>
    public void Refuse(SyntaxNode syntax, string reason) => reading.Refuse(syntax, reason, call);

    /// <summary>A condition; null, after reporting, where it is not known.</summary>
    public bool? Truth(IOperation condition)
    {
        switch (Read(condition))
        {
            case ConstantValue { Constant: bool truth }:
                return truth;
            case UnknownValue:
                return null;
            case TensorValue:
                Refuse(
                    condition.Syntax,
                    "it depends on the elements of a tensor, but the layers of a model are the same for all samples; "
                        + "Where(condition, a, b) chooses element by element");
                return null;
            default:
                Refuse(condition.Syntax, "the condition is not a constant");
                return null;
        }
    }

    /// <summary>Gives a variable a value, and a tensor the variable's name.</summary>
    public void Assign(ISymbol variable, MethodValue value)
    {
        if (value is TensorValue tensor && call is null)
        {
            reading.Graph.Name(tensor.Source, variable.Name);
        }

        scope.Set(variable, value);
    }

    /// <summary>The value of an expression; that of a statement is unknown.</summary>
    public MethodValue Read(IOperation operation)
    {
        // A chain of calls or a sum of many terms is deep on its left only: that is walked without recursion.
        var spine = new Stack<IOperation>();
        for (IOperation? left = operation; left is not null; left = LeftOf(left))
        {
            spine.Push(left);
        }

        if (!reading.HasStack())
        {
            Refuse(operation.Syntax, "it is nested too deeply; give parts of it names");
            return MethodValue.Unknown;
        }

        MethodValue? value = null;
        while (spine.Count > 0)
        {
            IOperation next = spine.Pop();
            if (!Step())
            {
                return MethodValue.Unknown;
            }

            value = Evaluate(next, value);
        }

        return value!;
    }

    private static IOperation? LeftOf(IOperation operation) => operation switch
    {
        { ConstantValue.HasValue: true } => null,
        IBinaryOperation binary => binary.LeftOperand,
        IInvocationOperation { Instance: { } instance } => instance,
        IInvocationOperation
        {
            Instance: null, TargetMethod.IsExtensionMethod: true, Arguments: [{ Parameter.Ordinal: 0 } first, ..],
        } => first.Value,
        IConversionOperation conversion => conversion.Operand,
        _ => null,
    };

    private MethodValue Evaluate(IOperation operation, MethodValue? left)
    {
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
        {
            return new ConstantValue(constant);
        }

        return operation switch
        {
            IBinaryOperation binary => Binary(binary, left!, Read(binary.RightOperand)),
            IUnaryOperation unary => Unary(unary),
            IInvocationOperation invocation => Invoke(invocation, left),
            IConversionOperation conversion => Convert(conversion, left!),
            ILocalReferenceOperation local => scope.Find(local.Local) ?? MethodValue.Unknown,
            IParameterReferenceOperation parameter => scope.Find(parameter.Parameter) ?? MethodValue.Unknown,
            IFieldReferenceOperation field => Field(field),
            IPropertyReferenceOperation property => Property(property),
            IArrayElementReferenceOperation element => Element(element, element.ArrayReference, element.Indices),
            ITupleOperation tuple => new ListValue([.. tuple.Elements.Select(Read)]),
            IArrayCreationOperation { Initializer: { } elements } => new ListValue([.. elements.ElementValues.Select(Read)]),
            ICollectionExpressionOperation collection => Collection(collection),
            IConditionalOperation { WhenFalse: { } otherwise } choice => Truth(choice.Condition) switch
            {
                true => Read(choice.WhenTrue),
                false => Read(otherwise),
                _ => MethodValue.Unknown,
            },
            IRangeOperation range => Range(range),
            IInterpolatedStringOperation text => Interpolate(text),
            ISimpleAssignmentOperation assignment => AssignTo(assignment.Target, Read(assignment.Value)),
            IDeconstructionAssignmentOperation assignment => AssignTo(assignment.Target, Read(assignment.Value)),
            ICompoundAssignmentOperation compound => AssignTo(
                compound.Target,
                Binary(compound, compound.OperatorKind, compound.OperatorMethod, Read(compound.Target), Read(compound.Value))),
            IIncrementOrDecrementOperation step => Step(step),
            IDefaultValueOperation => new ConstantValue(null),
            IInvalidOperation invalid => Invalid(invalid),
            _ => Refused(operation, "it is no tensor and no constant"),
        };
    }

    // An operator behind the variable gives what was there before.
    private MethodValue Step(IIncrementOrDecrementOperation step)
    {
        MethodValue before = Read(step.Target);
        MethodValue after = AssignTo(
            step.Target,
            Constant(Constants.Apply(
                step.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract,
                (before as ConstantValue)?.Constant,
                1)));
        return step.IsPostfix ? before : after;
    }

    // Half-typed code is the C# compiler's to report; what of it can be read is.
    private MethodValue Invalid(IInvalidOperation invalid)
    {
        foreach (IOperation child in invalid.ChildOperations)
        {
            if (child.Type is not null && child is not IInvalidOperation { ChildOperations.Count: 0 })
            {
                Read(child);
            }
        }

        reading.Graph.Break();
        return MethodValue.Unknown;
    }

    private MethodValue Refused(IOperation operation, string reason)
    {
        Refuse(operation.Syntax, reason);
        return MethodValue.Unknown;
    }

    private static MethodValue Constant(object? constant) =>
        constant is null ? MethodValue.Unknown : new ConstantValue(constant);

    /// <summary>Assigns to a variable, to several, or to none; returns the value.</summary>
    public MethodValue AssignTo(IOperation target, MethodValue value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                Assign(local.Local, value);
                break;
            case IParameterReferenceOperation parameter:
                Assign(parameter.Parameter, value);
                break;
            case IDeclarationExpressionOperation declaration:
                AssignTo(declaration.Expression, value);
                break;
            case IDiscardOperation:
                break;
            case ITupleOperation tuple:
                AssignParts(tuple, value);
                break;
            case IInvalidOperation:
                reading.Graph.Break();
                break;
            default:
                Refuse(target.Syntax, "only variables of the method can be assigned to");
                break;
        }

        return value;
    }

    private void AssignParts(ITupleOperation tuple, MethodValue value)
    {
        ImmutableArray<MethodValue> parts = value is ListValue list ? list.Elements : [];
        if (value is not UnknownValue && parts.Length != tuple.Elements.Length)
        {
            Refuse(tuple.Syntax, $"it has {tuple.Elements.Length} names for {parts.Length} parts");
            parts = [];
        }

        for (int i = 0; i < tuple.Elements.Length; i++)
        {
            AssignTo(tuple.Elements[i], i < parts.Length ? parts[i] : MethodValue.Unknown);
        }
    }

    private MethodValue Binary(IBinaryOperation binary, MethodValue left, MethodValue right) =>
        Binary(binary, binary.OperatorKind, binary.OperatorMethod, left, right);

    private MethodValue Binary(
        IOperation operation, BinaryOperatorKind kind, IMethodSymbol? method, MethodValue left, MethodValue right)
    {
        if (left is UnknownValue || right is UnknownValue)
        {
            return MethodValue.Unknown;
        }

        if (left is TensorValue || right is TensorValue)
        {
            return method is null
                ? Refused(operation, "it compares tensors as objects; x < y and its like compare their elements")
                : reading.Calls.Operator(operation.Syntax, method, left, right, call);
        }

        if (left is ConstantValue one && right is ConstantValue other
            && Constants.Apply(kind, one.Constant, other.Constant) is { } constant)
        {
            return new ConstantValue(constant);
        }

        return Refused(operation, "its value is not known when the program is built");
    }

    private MethodValue Unary(IUnaryOperation unary)
    {
        MethodValue operand = Read(unary.Operand);
        return operand switch
        {
            TensorValue tensor when unary.OperatorMethod is { } method =>
                reading.Calls.Operator(unary.Syntax, method, tensor, null, call),
            ConstantValue { Constant: int index } when unary.OperatorKind == UnaryOperatorKind.Hat =>
                new IndexValue(index, true),
            ConstantValue number when Constants.Apply(unary.OperatorKind, number.Constant) is { } constant =>
                new ConstantValue(constant),
            UnknownValue => operand,
            _ => Refused(unary, "its value is not known when the program is built"),
        };
    }

    private MethodValue Convert(IConversionOperation conversion, MethodValue operand) => (operand, conversion.OperatorMethod) switch
    {
        (ConstantValue { Constant: int index }, { ContainingType.Name: "Index" }) => new IndexValue(index, false),
        (ConstantValue { Constant: { } number }, null)
            when conversion.Type is { SpecialType: not SpecialType.None } type =>
            Constant(Constants.Convert(number, type)),
        _ => operand,
    };

    private MethodValue Field(IFieldReferenceOperation field)
    {
        MethodValue? instance = field.Instance is null ? null : Read(field.Instance);
        if (instance is UnknownValue)
        {
            return instance;
        }

        if (instance is ListValue list)
        {
            // A tuple's element, by its own name or by that of its place.
            ImmutableArray<IFieldSymbol> elements = field.Field.ContainingType.TupleElements;
            int place = elements.IndexOf(field.Field);
            int number = place < 0
                ? elements.Select(element => element.CorrespondingTupleField).ToList().IndexOf(field.Field)
                : place;
            return number >= 0 && number < list.Elements.Length ? list.Elements[number] : MethodValue.Unknown;
        }

        return field.Field is { IsStatic: true, IsReadOnly: true } && reading.Initializer(field.Field) is { } value
            ? new ExpressionReader(reading, new Scope(null), call, depth + 1).Read(value)
            : Refused(field, "only constants and static readonly fields with a value have one when the program is built");
    }

    private MethodValue Property(IPropertyReferenceOperation property)
    {
        if (property.Instance is null)
        {
            return Refused(property, "its value is not known when the program is built");
        }

        if (property.Property.IsIndexer)
        {
            return Element(property, property.Instance, [.. property.Arguments.Select(argument => argument.Value)]);
        }

        return (Read(property.Instance), property.Property.Name) switch
        {
            (ListValue list, "Length" or "Count") => new ConstantValue(list.Elements.Length),
            (UnknownValue unknown, _) => unknown,
            _ => Refused(property, "its value is not known when the program is built"),
        };
    }

    private MethodValue Element(IOperation element, IOperation of, ImmutableArray<IOperation> indices)
    {
        MethodValue owner = Read(of);
        MethodValue index = indices.Length == 1 ? Read(indices[0]) : MethodValue.Unknown;
        index = index is ConstantValue { Constant: int number } ? new IndexValue(number, false) : index;
        switch (owner, index)
        {
            case (TensorValue tensor, IndexValue or RangeValue):
                return reading.Calls.Part(element.Syntax, tensor, index, call);
            case (ListValue { Elements: var elements }, IndexValue at):
                int place = at.IsFromEnd ? elements.Length - at.Index : at.Index;
                return place >= 0 && place < elements.Length
                    ? elements[place]
                    : Refused(element, $"there are {elements.Length} elements");
            case (UnknownValue, _) or (_, UnknownValue):
                return MethodValue.Unknown;
            default:
                return Refused(element, "the index is not a constant");
        }
    }

    private MethodValue Range(IRangeOperation range)
    {
        IndexValue? start = range.LeftOperand is { } left ? IndexOf(Read(left)) : new IndexValue(0, false);
        IndexValue? end = range.RightOperand is { } right ? IndexOf(Read(right)) : new IndexValue(0, true);
        return start is not null && end is not null
            ? new RangeValue(start, end)
            : Refused(range, "the bounds of the range are not constants");

        static IndexValue? IndexOf(MethodValue value) =>
            value as IndexValue ?? (value is ConstantValue { Constant: int number } ? new IndexValue(number, false) : null);
    }

    private MethodValue Collection(ICollectionExpressionOperation collection)
    {
        var elements = ImmutableArray.CreateBuilder<MethodValue>();
        foreach (IOperation element in collection.Elements)
        {
            if (element is not ISpreadOperation spread)
            {
                elements.Add(Read(element));
            }
            else if (Read(spread.Operand) is ListValue list)
            {
                elements.AddRange(list.Elements);
            }
            else
            {
                return Refused(spread, "only arrays and the parts of a tensor can be spread");
            }
        }

        return new ListValue(elements.ToImmutable());
    }

    private MethodValue Interpolate(IInterpolatedStringOperation text)
    {
        string result = "";
        foreach (IInterpolatedStringContentOperation part in text.Parts)
        {
            MethodValue? value = part switch
            {
                IInterpolatedStringTextOperation plain => Read(plain.Text),
                IInterpolationOperation { Alignment: null, FormatString: null } filled => Read(filled.Expression),
                _ => null,
            };
            if (value is not ConstantValue { Constant: var constant })
            {
                return value is UnknownValue ? value : Refused(text, "its value is not known when the program is built");
            }

            result += Constants.Text(constant);
        }

        return new ConstantValue(result);
    }

    private MethodValue Invoke(IInvocationOperation invocation, MethodValue? left)
    {
        IMethodSymbol method = invocation.TargetMethod;
        var arguments = new Dictionary<IParameterSymbol, MethodValue>(SymbolEqualityComparer.Default);
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument is { ArgumentKind: not ArgumentKind.DefaultValue, Parameter: { } parameter })
            {
                // What is called on comes from the left already.
                bool isLeft = left is not null && invocation.Instance is null && parameter.Ordinal == 0;
                arguments[parameter] = isLeft ? left! : Read(argument.Value);
            }
        }

        MethodValue? instance = invocation.Instance is null ? null : left;
        if (instance is UnknownValue || arguments.Values.Any(value => value is UnknownValue))
        {
            return MethodValue.Unknown;
        }

        if (reading.Calls.Knows(method))
        {
            return reading.Calls.Call(invocation, instance, arguments, scope, call);
        }

        if (Constants.Call(method, [.. arguments.Values.Select(value => (value as ConstantValue)?.Constant)]) is { } constant)
        {
            return new ConstantValue(constant);
        }

        return Inline(invocation, arguments);
    }

    private MethodValue Inline(IInvocationOperation invocation, Dictionary<IParameterSymbol, MethodValue> arguments)
    {
        IMethodSymbol method = invocation.TargetMethod.OriginalDefinition;
        if (!method.IsStatic && method.MethodKind != MethodKind.LocalFunction)
        {
            return Refused(invocation, "only static methods and local functions can be called");
        }

        if (reading.Body(method) is not { } body)
        {
            return Refused(invocation, "the method that it calls has no body that can be read in this project");
        }

        if (depth >= MostMethods || !reading.Enter(method))
        {
            return Refused(invocation, "it calls itself, so that it would never end");
        }

        var inner = new Scope(method.MethodKind == MethodKind.LocalFunction ? scope : null);
        for (int i = 0; i < method.TypeParameters.Length; i++)
        {
            inner.Set(method.TypeParameters[i], scope.Find(invocation.TargetMethod.TypeArguments[i]));
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            IParameterSymbol given = invocation.TargetMethod.Parameters[parameter.Ordinal];
            inner.Set(
                parameter,
                arguments.TryGetValue(given, out MethodValue? value) ? value
                    : parameter.HasExplicitDefaultValue ? new ConstantValue(parameter.ExplicitDefaultValue)
                    : new ListValue([]));
        }

        var expressions = new ExpressionReader(
            reading, inner, call ?? ExpressionSite.LocationOf(invocation.Syntax), depth + 1);
        var reader = new BodyReader(expressions, inner);
        reader.Read(body);
        reading.Leave(method);
        return reader.Result ?? MethodValue.Unknown;
    }
}
